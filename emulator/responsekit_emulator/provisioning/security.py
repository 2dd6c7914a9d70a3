"""IAM, KMS and Organizations: roles, policies, keys and their aliases, service control policies."""

from typing import Any

from .kinds import Cloud, Made, Properties, kind, some, text


def _set_role_policies(client: Any, name: str, properties: Properties) -> None:
    wanted = set(properties.get("ManagedPolicyArns") or [])
    attached = {one["PolicyArn"] for one in client.list_attached_role_policies(RoleName=name)["AttachedPolicies"]}
    for arn in sorted(attached - wanted):
        client.detach_role_policy(RoleName=name, PolicyArn=arn)
    for arn in sorted(wanted - attached):
        client.attach_role_policy(RoleName=name, PolicyArn=arn)
    for policy in properties.get("Policies") or []:
        client.put_role_policy(RoleName=name, PolicyName=policy["PolicyName"],
                               PolicyDocument=text(policy["PolicyDocument"]))


@kind("AWS::IAM::Role", "RoleName")
def role(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html"""
    client = cloud.client("iam")
    made = client.create_role(RoleName=name, AssumeRolePolicyDocument=text(properties["AssumeRolePolicyDocument"]), **some(
        properties, "Path", "Description", "MaxSessionDuration", "PermissionsBoundary", "Tags"))["Role"]
    _set_role_policies(client, name, properties)
    return Made(name, {"Arn": made["Arn"], "RoleId": made["RoleId"]})


@role.changing
def change_role(cloud: Cloud, made: Made, properties: Properties) -> Made:
    """Its trust, its policies, and how long its sessions last."""
    client = cloud.client("iam")
    client.update_assume_role_policy(
        RoleName=made.id, PolicyDocument=text(properties["AssumeRolePolicyDocument"]))
    client.update_role(RoleName=made.id, **some(properties, "Description", "MaxSessionDuration"))
    wanted = {policy["PolicyName"] for policy in properties.get("Policies") or []}
    former = {policy["PolicyName"] for policy in made.properties.get("Policies") or []}
    for name in sorted(former - wanted):
        client.delete_role_policy(RoleName=made.id, PolicyName=name)
    _set_role_policies(client, made.id, properties)
    return made


@role.unmaking
def delete_role(cloud: Cloud, made: Made, properties: Properties) -> None:
    """Deletes it with what CloudFormation gave it."""
    client = cloud.client("iam")
    for one in client.list_attached_role_policies(RoleName=made.id)["AttachedPolicies"]:
        client.detach_role_policy(RoleName=made.id, PolicyArn=one["PolicyArn"])
    for name in client.list_role_policies(RoleName=made.id)["PolicyNames"]:
        client.delete_role_policy(RoleName=made.id, PolicyName=name)
    client.delete_role(RoleName=made.id)


def _put_inline(cloud: Cloud, name: str, properties: Properties) -> None:
    client, document = cloud.client("iam"), text(properties["PolicyDocument"])
    for one in properties.get("Roles") or []:
        client.put_role_policy(RoleName=one, PolicyName=name, PolicyDocument=document)
    for one in properties.get("Users") or []:
        client.put_user_policy(UserName=one, PolicyName=name, PolicyDocument=document)
    for one in properties.get("Groups") or []:
        client.put_group_policy(GroupName=one, PolicyName=name, PolicyDocument=document)


@kind("AWS::IAM::Policy", "PolicyName", 128)
def inline_policy(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html"""
    _put_inline(cloud, name, properties)
    return Made(name, {"Id": name})


@inline_policy.changing
def change_inline_policy(cloud: Cloud, made: Made, properties: Properties) -> Made:
    """Puts it anew under its name."""
    _put_inline(cloud, made.id, properties)
    return made


@inline_policy.unmaking
def delete_inline_policy(cloud: Cloud, made: Made, properties: Properties) -> None:
    """Takes it from all, unless it went with them."""
    client = cloud.client("iam")
    for one in properties.get("Roles") or []:
        try:
            client.delete_role_policy(RoleName=one, PolicyName=made.id)
        except client.exceptions.NoSuchEntityException:
            pass


@kind("AWS::IAM::ManagedPolicy", "ManagedPolicyName", 128)
def managed_policy(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html"""
    client = cloud.client("iam")
    arn = client.create_policy(PolicyName=name, PolicyDocument=text(properties["PolicyDocument"]), **some(
        properties, "Path", "Description"))["Policy"]["Arn"]
    for one in properties.get("Roles") or []:
        client.attach_role_policy(RoleName=one, PolicyArn=arn)
    return Made(arn, {"PolicyArn": arn})


@managed_policy.changing
def change_managed_policy(cloud: Cloud, made: Made, properties: Properties) -> Made:
    """A new version, which becomes the default one; the oldest goes when there are five."""
    client = cloud.client("iam")
    versions = client.list_policy_versions(PolicyArn=made.id)["Versions"]
    old = [one["VersionId"] for one in versions if not one["IsDefaultVersion"]]
    if len(versions) >= 5:
        client.delete_policy_version(PolicyArn=made.id, VersionId=min(old, key=lambda name: int(name[1:])))
    client.create_policy_version(PolicyArn=made.id, PolicyDocument=text(properties["PolicyDocument"]),
                                 SetAsDefault=True)
    return made


@managed_policy.unmaking
def delete_managed_policy(cloud: Cloud, made: Made, properties: Properties) -> None:
    """Takes it from all roles, and deletes it with its versions."""
    client = cloud.client("iam")
    for one in client.list_entities_for_policy(PolicyArn=made.id)["PolicyRoles"]:
        client.detach_role_policy(RoleName=one["RoleName"], PolicyArn=made.id)
    for one in client.list_policy_versions(PolicyArn=made.id)["Versions"]:
        if not one["IsDefaultVersion"]:
            client.delete_policy_version(PolicyArn=made.id, VersionId=one["VersionId"])
    client.delete_policy(PolicyArn=made.id)


@kind("AWS::KMS::Key")
def key(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html"""
    tags = [{"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in properties.get("Tags") or []]
    policy = {"Policy": text(properties["KeyPolicy"])} if properties.get("KeyPolicy") else {}
    made = cloud.client("kms").create_key(Tags=tags, **policy, **some(
        properties, "Description", "KeySpec", "KeyUsage", "MultiRegion", "Origin"))["KeyMetadata"]
    _rotate(cloud, made["KeyId"], properties)
    return Made(made["KeyId"], {"Arn": made["Arn"], "KeyId": made["KeyId"]})


def _rotate(cloud: Cloud, name: str, properties: Properties) -> None:
    if properties.get("EnableKeyRotation"):
        cloud.client("kms").enable_key_rotation(KeyId=name)


@key.changing
def change_key(cloud: Cloud, made: Made, properties: Properties) -> Made:
    """Its policy, description and rotation."""
    client = cloud.client("kms")
    if properties.get("KeyPolicy"):
        client.put_key_policy(KeyId=made.id, PolicyName="default", Policy=text(properties["KeyPolicy"]))
    client.update_key_description(KeyId=made.id, Description=properties.get("Description") or "")
    client.disable_key_rotation(KeyId=made.id)
    _rotate(cloud, made.id, properties)
    return made


@key.unmaking
def delete_key(cloud: Cloud, made: Made, properties: Properties) -> None:
    """Keys go after a while."""
    cloud.client("kms").schedule_key_deletion(
        KeyId=made.id, PendingWindowInDays=properties.get("PendingWindowInDays") or 30)


@kind("AWS::KMS::Alias", "AliasName", 256)
def key_alias(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-alias.html"""
    cloud.client("kms").create_alias(AliasName=name, TargetKeyId=properties["TargetKeyId"])
    return Made(name)


@key_alias.changing
def change_key_alias(cloud: Cloud, made: Made, properties: Properties) -> Made:
    """Points it at another key."""
    cloud.client("kms").update_alias(AliasName=made.id, TargetKeyId=properties["TargetKeyId"])
    return made


@key_alias.unmaking
def delete_key_alias(cloud: Cloud, made: Made, properties: Properties) -> None:
    """Deletes it."""
    cloud.client("kms").delete_alias(AliasName=made.id)


@kind("AWS::Organizations::Policy", "Name", 128)
def organization_policy(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-organizations-policy.html"""
    client = cloud.client("organizations")
    made = client.create_policy(Name=name, Type=properties["Type"], Content=text(properties["Content"]),
                                Description=properties.get("Description") or "")["Policy"]["PolicySummary"]
    for target in properties.get("TargetIds") or []:
        client.attach_policy(PolicyId=made["Id"], TargetId=target)
    return Made(made["Id"], {"Id": made["Id"], "Arn": made["Arn"], "AwsManaged": False})


@organization_policy.changing
def change_organization_policy(cloud: Cloud, made: Made, properties: Properties) -> Made:
    """Its content and what it is attached to."""
    client = cloud.client("organizations")
    client.update_policy(PolicyId=made.id, Content=text(properties["Content"]))
    attached = {one["TargetId"] for one in client.list_targets_for_policy(PolicyId=made.id)["Targets"]}
    wanted = set(properties.get("TargetIds") or [])
    for target in sorted(attached - wanted):
        client.detach_policy(PolicyId=made.id, TargetId=target)
    for target in sorted(wanted - attached):
        client.attach_policy(PolicyId=made.id, TargetId=target)
    return made


@organization_policy.unmaking
def delete_organization_policy(cloud: Cloud, made: Made, properties: Properties) -> None:
    """Detaches and deletes it."""
    client = cloud.client("organizations")
    for one in client.list_targets_for_policy(PolicyId=made.id)["Targets"]:
        client.detach_policy(PolicyId=made.id, TargetId=one["TargetId"])
    client.delete_policy(PolicyId=made.id)
