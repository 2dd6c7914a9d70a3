using System.Collections.Immutable;
using ResponseKit.Aws.Accounts;
using ResponseKit.Deployment;

namespace ResponseKit.Infra.Organization;

/// <summary>
/// Keeps an administrator of a member account from taking ResponseKit out of it, and from undoing a containment faster than it is done: the only lock that
/// does not depend on who is faster.
/// </summary>
internal static class TamperProtection
{
    private static readonly ImmutableArray<string> RoleChanges =
    [
        "iam:AttachRolePolicy", "iam:CreateRole", "iam:DeleteRole*", "iam:DetachRolePolicy", "iam:PassRole", "iam:PutRole*", "iam:TagRole", "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy", "iam:UpdateRole*",
    ];

    // Sending events, invoking functions, reading, and setting the kill switch stay free.
    private static readonly ImmutableArray<string> PartChanges =
    [
        .. RoleChanges, "iam:CreatePolicy*", "iam:DeletePolicy*", "iam:SetDefaultPolicyVersion",
        "cloudformation:CancelUpdateStack", "cloudformation:Create*", "cloudformation:Delete*", "cloudformation:ExecuteChangeSet", "cloudformation:RollbackStack",
        "cloudformation:SetStackPolicy", "cloudformation:Update*",
        "cloudwatch:DeleteAlarms", "cloudwatch:DisableAlarmActions", "cloudwatch:PutMetricAlarm", "cloudwatch:SetAlarmState",
        "dynamodb:DeleteTable*", "dynamodb:UpdateContinuousBackups", "dynamodb:UpdateTable*", "dynamodb:UpdateTimeToLive",
        "events:Delete*", "events:Disable*", "events:PutPermission", "events:PutRule", "events:PutTargets", "events:Remove*", "events:Update*",
        "lambda:Add*", "lambda:Create*", "lambda:Delete*", "lambda:Put*", "lambda:Remove*", "lambda:Update*",
        "logs:DeleteLog*", "logs:DeleteMetricFilter", "logs:DeleteRetentionPolicy", "logs:PutMetricFilter", "logs:PutRetentionPolicy",
        "s3:DeleteBucket*", "s3:PutBucket*", "s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration",
        "sns:AddPermission", "sns:DeleteTopic", "sns:RemovePermission", "sns:SetTopicAttributes",
        "sqs:AddPermission", "sqs:DeleteQueue", "sqs:PurgeQueue", "sqs:RemovePermission", "sqs:SetQueueAttributes",
        "states:Delete*", "states:StopExecution", "states:Update*",
    ];

    /// <summary>The policy.</summary>
    /// <param name="exempt">Whom it leaves out.</param>
    public static ServiceControlPolicy Policy(Exempt exempt) => new(
        DeployedNames.TamperPolicy, "Keeps everybody but its deployers from changing ResponseKit, and everybody but ResponseKit from lifting a quarantine.",
        [
            ("Parts", Exempt.Deny(PartChanges, Parts(exempt.Partition), [.. exempt.StackSets, .. exempt.HubDeployers, .. exempt.BreakGlass])),
            ("HubKey", Exempt.Deny(
                ["kms:CreateGrant", "kms:DisableKey*", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource", "kms:UpdatePrimaryRegion"], ["*"],
                [.. exempt.HubDeployers, .. exempt.BreakGlass]).When("StringEquals", $"aws:ResourceTag/{DeployedNames.KeyTag}", "true")),
            // Without this, whoever may make roles could make himself one that the statements above leave out. StackSets makes it with a service-linked
            // role, which no policy of this kind binds. ResponseKit may contain them: their sessions are as strong as an administrator's.
            ("Deployers", Exempt.Deny(RoleChanges, [.. exempt.StackSets, .. exempt.HubDeployers], [exempt.HubDeployer, .. exempt.Responder, .. exempt.BreakGlass])),
            ("Quarantine", Exempt.Deny(["iam:DetachRolePolicy", "iam:DetachUserPolicy"], ["*"], [.. exempt.Responder, .. exempt.BreakGlass])
                .When("ArnEquals", "iam:PolicyARN", DenyAll(exempt.Partition))),
            ("QuarantineBoundary", Exempt.Deny(["iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary"], ["*"], [.. exempt.Responder, .. exempt.BreakGlass])
                .When("StringEquals", "iam:PermissionsBoundary", DenyAll(exempt.Partition))),
            ("Membership", Exempt.Deny(["organizations:LeaveOrganization"], ["*"])),
        ]);

    private static string DenyAll(string partition) => $"arn:{partition}:iam::aws:policy/AWSDenyAll";

    // Whatever has our name. What CloudFormation names begins with its stack's, and stacks of StackSets with theirs.
    private static ImmutableArray<string> Parts(string partition)
    {
        const string Ours = DeployedNames.Prefix;
        string Of(string service, string resource) => $"arn:{partition}:{service}:*:*:{resource}";
        return
        [
            Of("iam", $"role/{Ours}-*"), Of("iam", $"role/{new ResponderRole().Name}"), Of("iam", $"policy/{Ours}-*"),
            Of("cloudformation", $"stack/{Ours}-*"), Of("cloudformation", $"stack/StackSet-{Ours}-*"), Of("cloudformation", $"stackset/{Ours}-*"),
            Of("cloudwatch", $"alarm:{Ours}-*"),
            Of("dynamodb", $"table/{Ours}-*"),
            Of("events", $"rule/{Ours}-*"), Of("events", $"rule/{DeployedNames.Bus}/*"), Of("events", $"event-bus/{DeployedNames.Bus}"),
            Of("lambda", $"function:{Ours}-*"),
            Of("logs", $"log-group:{Ours}-*"),
            $"arn:{partition}:s3:::{Ours.ToLowerInvariant()}-*",
            Of("sns", $"{Ours}-*"),
            Of("sqs", $"{Ours}-*"), Of("sqs", $"StackSet-{Ours}-*"),
            Of("states", $"stateMachine:{DeployedNames.StateMachine}"), Of("states", $"execution:{DeployedNames.StateMachine}:*"),
        ];
    }
}
