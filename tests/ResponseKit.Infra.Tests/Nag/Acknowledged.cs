using ResponseKit.Aws.Actions;
using ResponseKit.Aws.Heartbeats;

namespace ResponseKit.Infra.Tests.Nag;

/// <summary>A finding that stays, and why.</summary>
/// <param name="Rule">The rule, without what is in brackets.</param>
/// <param name="Reason">Why what it finds is as it should be, for whoever reviews the deployment.</param>
/// <param name="Fits">The findings that are meant.</param>
public sealed record Acknowledged(string Rule, string Reason, Func<Finding, bool> Fits)
{
    private static readonly HashSet<string> Declared = ActionCatalogue.All
        .SelectMany(action => action.Descriptor.Permissions.Plan.Concat(action.Descriptor.Permissions.Apply).Concat(action.Descriptor.Permissions.Revert))
        .Concat(RegionVisit.Permissions)
        .Select(permission => $"Resource::{permission.ResourceIn("<AWS::Partition>", "<AWS::AccountId>", "*")}").ToHashSet(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Acknowledged> All =
    [
        new("AwsSolutions-IAM5", "An attacker chooses the names of what they make. Each statement is one that an action declares, and the actions' tests hold declared permissions against calls.",
            finding => finding.Name == "AccountResponder" && Declared.Contains(finding.Detail)),
        new("AwsSolutions-IAM5", "Functions that enter accounts enter each account of the organization, under one role name, whose trust asks for an external id.",
            finding => finding.Detail == "Resource::arn:<AWS::Partition>:iam::*:role/ResponseKitResponder"),
        new("AwsSolutions-IAM5", "CDK's grant of a KMS key: the operations with and without a plain text, on the one key of the stack.",
            finding => finding.Detail is "Action::kms:GenerateDataKey*" or "Action::kms:ReEncrypt*" && finding.Name.StartsWith("Hub", StringComparison.Ordinal)),
        new("AwsSolutions-IAM5", "Triage starts executions of the one state machine, each of which has a name of its own.",
            finding => finding is { Name: "HubtriageRole", Detail: "Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:ResponseKit:*" }),
        new("AwsSolutions-IAM5", "Reports go into the one bucket, each under a name of its own.",
            finding => finding.Name == "HubreportRole" && finding.Detail.StartsWith("Resource::<HubStoreEvidence", StringComparison.Ordinal)),
        new("AwsSolutions-IAM5", "Step Functions Developer Guide, \"Using CloudWatch Logs to log execution history\": log delivery takes no resource.",
            finding => finding is { Name: "HubStateMachineRole", Detail: "Resource::*" }),
        new("AwsSolutions-IAM5", "The sweep lists the accounts of organizational units. It may read nothing else, and Service Authorization Reference, \"AWS Organizations\", knows the units' ids only within an organization's.",
            finding => finding is { Name: "HubsweepRole", Detail: "Resource::*" }),
        new("AwsSolutions-IAM5", "The sweep compares each of the hub's own rules, all of which begin so, on its bus and on the default one. It may only list them and their targets.",
            finding => finding.Name == "HubsweepRole"
                && finding.Detail.StartsWith("Resource::arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:rule/ResponseKit", StringComparison.Ordinal)),
        new("AwsSolutions-S1", "Server access logs are delivered late and best-effort, into a bucket that needs the same protection. Who reads evidence is in CloudTrail where its data events are on.",
            finding => finding.Name == "HubStoreEvidence"),
        new("AwsSolutions-SF2", "Every step is in the state machine's log with its incident, and in the incident's record. Traces would be another copy, with a right more for its role.",
            finding => finding.Name == "HubStateMachine"),
        new("AwsSolutions-SQS3", "It is a dead-letter queue itself: of a function, a rule or a topic, which the rule does not look for. An alarm watches it.",
            finding => finding.Name is "HubUndeliveredQueue" or "HubFailedQueue" or "RegionUnforwardedQueue"),
    ];
}
