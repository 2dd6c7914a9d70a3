using System.Collections.Immutable;
using ResponseKit.Deployment;

namespace ResponseKit.Infra.Organization;

/// <summary>
/// Denies what an attacker spends money with, and what he makes to come back, to everybody but those who respond. Attached by a person, to an account or a
/// unit, when containing one identity after the other is too slow. What runs goes on; nothing new begins, but for what services do with their service-linked
/// roles, as the groups of EC2 Auto Scaling: these are for ResponseKit to scale down.
/// </summary>
internal static class EmergencyFreeze
{
    /// <summary>What it denies. By the beginning of names where all that begins so makes, starts or changes something that costs.</summary>
    public static ImmutableArray<string> Actions { get; } =
    [
        // Compute.
        "ec2:AllocateHosts", "ec2:AssociateIamInstanceProfile", "ec2:AuthorizeSecurityGroupIngress", "ec2:CreateCapacityReservation*", "ec2:CreateFleet", "ec2:CreateKeyPair", "ec2:CreateLaunchTemplate*", "ec2:ImportKeyPair",
        "ec2:ModifyCapacityReservation*", "ec2:ModifyFleet", "ec2:ModifyInstanceAttribute", "ec2:ModifyLaunchTemplate", "ec2:ModifySpotFleetRequest",
        "ec2:Purchase*", "ec2:ReplaceIamInstanceProfileAssociation", "ec2:RequestSpot*", "ec2:RunInstances", "ec2:RunScheduledInstances", "ec2:StartInstances",
        "autoscaling:AttachInstances", "autoscaling:BatchPut*", "autoscaling:Create*", "autoscaling:ExecutePolicy", "autoscaling:LaunchInstances", "autoscaling:Put*",
        "autoscaling:ResumeProcesses", "autoscaling:SetDesiredCapacity", "autoscaling:SetInstanceProtection", "autoscaling:StartInstanceRefresh", "autoscaling:Update*",
        "ecs:Create*", "ecs:PutClusterCapacityProviders", "ecs:RegisterTaskDefinition", "ecs:RunTask", "ecs:StartTask", "ecs:Update*",
        "eks:Create*", "eks:Update*", "batch:Create*", "batch:Register*", "batch:SubmitJob", "batch:Update*",
        "lambda:AddLayerVersionPermission", "lambda:AddPermission", "lambda:CreateEventSourceMapping", "lambda:CreateFunction*", "lambda:PublishLayerVersion", "lambda:PutFunctionConcurrency",
        "lambda:PutProvisionedConcurrencyConfig", "lambda:UpdateFunction*",
        "amplify:Create*", "amplify:Start*", "apprunner:Create*", "apprunner:ResumeService", "appstream:Create*", "appstream:StartFleet",
        "bedrock:Create*", "bedrock:Put*", "codebuild:Create*", "codebuild:StartBuild*", "codebuild:Update*",
        "elasticmapreduce:Add*", "elasticmapreduce:RunJobFlow", "emr-serverless:Create*", "emr-serverless:Start*",
        "gamelift:Create*", "gamelift:StartFleetActions", "glue:CreateDevEndpoint", "glue:CreateJob", "glue:CreateSession", "glue:StartJobRun", "glue:UpdateJob",
        "lightsail:Create*", "lightsail:StartInstance", "sagemaker:Create*", "sagemaker:Start*", "sagemaker:Update*", "workspaces:Create*", "workspaces:StartWorkspaces",
        "application-autoscaling:RegisterScalableTarget", "scheduler:CreateSchedule", "scheduler:UpdateSchedule",
        // Data on its way out, and hands on servers.
        "ec2-instance-connect:Send*", "ec2:Copy*", "ec2:CreateInstanceExportTask", "ec2:ExportImage", "ec2:ModifyImageAttribute", "ec2:ModifySnapshotAttribute",
        "rds:ModifyDBClusterSnapshotAttribute", "rds:ModifyDBSnapshotAttribute", "s3:PutBucketPolicy", "ssm:SendCommand", "ssm:StartSession",
        // Money in other ways.
        "account:EnableRegion",
        "aws-marketplace:Subscribe", "route53domains:RegisterDomain", "savingsplans:CreateSavingsPlan", "servicequotas:RequestServiceQuotaIncrease",
        "ses:Create*", "ses:PutAccount*", "ses:UpdateAccountSendingEnabled", "ses:Verify*", "sns:SetSMSAttributes",
        // Ways back in, and out of containment.
        "iam:Add*", "iam:Attach*", "iam:Create*", "iam:DeactivateMFADevice", "iam:DeleteGroupPolicy", "iam:DeleteRoleP*", "iam:DeleteUserP*", "iam:DeleteVirtualMFADevice",
        "iam:Detach*", "iam:EnableMFADevice", "iam:Put*", "iam:RemoveUserFromGroup", "iam:SetDefaultPolicyVersion", "iam:Update*", "iam:Upload*",
        "identitystore:Create*", "sso:Attach*", "sso:Create*", "sso:Put*", "sso-directory:Create*",
        "organizations:LeaveOrganization", "rolesanywhere:Create*", "rolesanywhere:Enable*", "rolesanywhere:Update*", "sts:GetFederationToken",
    ];

    /// <summary>The policy.</summary>
    /// <param name="exempt">Whom it leaves out.</param>
    public static ServiceControlPolicy Policy(Exempt exempt) => new(
        DeployedNames.FreezePolicy, "For an emergency, attached by hand: denies making and starting what costs money, and ways back in, to all but ResponseKit.",
        [("Freeze", Exempt.Deny(Actions, ["*"], [.. exempt.Responder, .. exempt.StackSets, .. exempt.HubDeployers, .. exempt.BreakGlass]))]);
}
