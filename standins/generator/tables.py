"""Where the official .NET packages differ from the plain reading of the API models. All is names, nothing is logic."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Service:
    model: str  # folder and version of the API model
    version: str
    namespace: str  # of the client; requests and types live in <namespace>.Model
    client: str  # Amazon<client>Client, IAmazon<client>, ...
    factory: str  # I<factory>PaginatorFactory
    endpoints: dict = field(default_factory=dict)  # partition to (host, signing region), if one a partition


# Hosts: "AWS Identity and Access Management endpoints and quotas" in the AWS General Reference.
IAM_ENDPOINTS = {
    "aws": ("iam.amazonaws.com", "us-east-1"),
    "aws-cn": ("iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
    "aws-us-gov": ("iam.us-gov.amazonaws.com", "us-gov-west-1"),
}

# Hosts: "AWS Organizations endpoints and quotas" in the AWS General Reference.
ORGANIZATIONS_ENDPOINTS = {
    "aws": ("organizations.us-east-1.amazonaws.com", "us-east-1"),
    "aws-cn": ("organizations.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1"),
    "aws-us-gov": ("organizations.us-gov-west-1.amazonaws.com", "us-gov-west-1"),
}

SERVICES = {
    "AWSSDK.AutoScaling": Service("autoscaling", "2011-01-01", "Amazon.AutoScaling", "AutoScaling", "AutoScaling"),
    "AWSSDK.ECS": Service("ecs", "2014-11-13", "Amazon.ECS", "ECS", "ECS"),
    "AWSSDK.EventBridge": Service("events", "2015-10-07", "Amazon.EventBridge", "EventBridge", "EventBridge"),
    "AWSSDK.IdentityManagement": Service(
        "iam", "2010-05-08", "Amazon.IdentityManagement", "IdentityManagementService", "IdentityManagement",
        IAM_ENDPOINTS),
    "AWSSDK.Lambda": Service("lambda", "2015-03-31", "Amazon.Lambda", "Lambda", "Lambda"),
    "AWSSDK.Organizations": Service("organizations", "2016-11-28", "Amazon.Organizations", "Organizations", "Organizations", ORGANIZATIONS_ENDPOINTS),
    "AWSSDK.Scheduler": Service("scheduler", "2021-06-30", "Amazon.Scheduler", "Scheduler", "Scheduler"),
    "AWSSDK.ServiceQuotas": Service(
        "service-quotas", "2019-06-24", "Amazon.ServiceQuotas", "ServiceQuotas", "ServiceQuotas"),
    "AWSSDK.SimpleNotificationService": Service(
        "sns", "2010-03-31", "Amazon.SimpleNotificationService", "SimpleNotificationService", "SimpleNotificationService"),
    "AWSSDK.CloudTrail": Service("cloudtrail", "2013-11-01", "Amazon.CloudTrail", "CloudTrail", "CloudTrail"),
    "AWSSDK.StepFunctions": Service("stepfunctions", "2016-11-23", "Amazon.StepFunctions", "StepFunctions", "StepFunctions"),
}

# (service, shape) to class name, where the class is not called as the shape.
CLASS_NAMES = {
    ("iam", "Policy"): "ManagedPolicy",
    ("iam", "AttachedPolicy"): "AttachedPolicyType",
    ("lambda", "VpcConfigResponse"): "VpcConfigDetail",
}

# (service, shape, member) to property name.
PROPERTY_NAMES = {
    ("lambda", "InvocationRequest", "ClientContext"): "ClientContextBase64",
    ("lambda", "InvocationRequest", "Payload"): "PayloadStream",
}

# Operations that the official client also offers with other arguments than the request.
OVERLOADS = {
    "iam": {
        name: [()] for name in (
            "CreateAccessKey", "GenerateCredentialReport", "GetCredentialReport", "GetUser", "ListAccessKeys",
            "ListMFADevices", "ListRoles", "ListSigningCertificates", "ListUsers")
    },
    "autoscaling": {
        name: [()] for name in (
            "DescribeAutoScalingGroups", "DescribeAutoScalingInstances", "DescribePolicies",
            "DescribeScalingActivities", "DescribeScheduledActions")
    },
    "lambda": {
        "ListFunctions": [()],
        "GetFunction": [("FunctionName",)],
        "DeleteFunction": [("FunctionName",)],
    },
}

# Convenience constructors beside the empty one: class to lists of properties.
CONSTRUCTORS = {
    "iam": {
        "AccessKey": [("UserName", "AccessKeyId", "Status", "SecretAccessKey")],
        "AddUserToGroupRequest": [("GroupName", "UserName")],
        "CreateGroupRequest": [("GroupName",)],
        "CreateLoginProfileRequest": [("UserName", "Password")],
        "CreateUserRequest": [("UserName",)],
        "DeleteAccessKeyRequest": [("AccessKeyId",)],
        "DeleteLoginProfileRequest": [("UserName",)],
        "DeleteUserPolicyRequest": [("UserName", "PolicyName")],
        "DeleteUserRequest": [("UserName",)],
        "GetLoginProfileRequest": [("UserName",)],
        "GetUserPolicyRequest": [("UserName", "PolicyName")],
        "Group": [("Path", "GroupName", "GroupId", "Arn", "CreateDate")],
        "ListGroupsForUserRequest": [("UserName",)],
        "ListMFADevicesRequest": [("UserName",)],
        "ListUserPoliciesRequest": [("UserName",)],
        "LoginProfile": [("UserName", "CreateDate")],
        "MFADevice": [("UserName", "SerialNumber", "EnableDate")],
        "PutUserPolicyRequest": [("UserName", "PolicyName", "PolicyDocument")],
        "SigningCertificate": [("UserName", "CertificateId", "CertificateBody", "Status")],
        "UpdateAccessKeyRequest": [("AccessKeyId", "Status")],
        "UpdateLoginProfileRequest": [("UserName",)],
        "UpdateSigningCertificateRequest": [("CertificateId", "Status")],
        "UploadSigningCertificateRequest": [("CertificateBody",)],
        "User": [("Path", "UserName", "UserId", "Arn", "CreateDate")],
    },
}
