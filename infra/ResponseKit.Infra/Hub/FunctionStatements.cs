using System.Collections.Immutable;
using ResponseKit.Aws.Notifications;
using ResponseKit.Aws.Stores;
using ResponseKit.Deployment;
using ResponseKit.Infra.Iam;
using ResponseKit.Infra.Settings;

namespace ResponseKit.Infra.Hub;

/// <summary>What the roles of functions may do: nothing that the function does not do, on nothing that is not named.</summary>
internal static class FunctionStatements
{
    private static readonly ImmutableArray<string> UseKey = ["kms:Decrypt", "kms:GenerateDataKey"];

    /// <summary>The statements of a function's role.</summary>
    /// <param name="plan">What it needs.</param>
    /// <param name="shared">What all functions work with.</param>
    /// <param name="logGroupArn">Its own log group.</param>
    public static ImmutableArray<Statement> Of(FunctionPlan plan, HubShared shared, string logGroupArn) =>
    [
        new(["logs:CreateLogStream", "logs:PutLogEvents"], [logGroupArn]),
        .. Table(plan, shared),
        new(["sqs:SendMessage"], [shared.FailedInvocations.QueueArn]),
        .. plan.EntersAccounts ? [shared.Reach.ToStatement()] : ImmutableArray<Statement>.Empty,
        .. plan.StartsResponses ? Responses(shared) : [],
        .. plan.WakesResponses ? [new(["states:SendTaskSuccess"], [shared.StateMachineArn])] : ImmutableArray<Statement>.Empty,
        new(["kms:GenerateMac"], [shared.SealKeyArn]),
        .. Notifications(shared),
        .. plan.KeepsEvidence ? Evidence(shared) : [],
        .. plan.Sweeps ? OwnRules() : [],
        .. plan.Sweeps && shared.Settings.Organization is not null ? Accounts() : [],
    ];

    // An action reads the kill switch, keeps receipts and notes what it has told people of; it has no business with cases. The steps and triage work with all that
    // belongs to a case.
    private static IEnumerable<Statement> Table(FunctionPlan plan, HubShared shared)
    {
        ImmutableArray<string> table = [shared.Store.Table.TableArn];
        if (plan.Action is null)
        {
            yield return new(["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"], table);
        }
        else
        {
            yield return new Statement(["dynamodb:GetItem"], table).When("ForAllValues:StringEquals", "dynamodb:LeadingKeys", DynamoControlStore.Control);
            yield return new Statement(["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"], table).When(
                "ForAllValues:StringLike", "dynamodb:LeadingKeys", DynamoReceiptStore.IncidentPartitions + "*", SnsNotifier.Partitions + "*",
                DynamoReceiptStore.ReceiptPartitions + "*");
            // That what an identity did before counts no more when a person gives it back.
            yield return new Statement(["dynamodb:PutItem"], table).When("ForAllValues:StringLike", "dynamodb:LeadingKeys", DynamoDismissalStore.Partitions + "*");
            // Whether a response asked for it, or a person did.
            yield return new Statement(["dynamodb:Query"], table).When("ForAllValues:StringLike", "dynamodb:LeadingKeys", DynamoLedgerStore.ResponsePartitions + "*");
        }

        yield return KeyFor(shared, "dynamodb", ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]);
    }

    private static IEnumerable<Statement> Responses(HubShared shared) =>
    [
        new(["states:StartExecution"], [shared.StateMachineArn]),
        new(["states:DescribeExecution"], [$"{shared.StateMachineArn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:*"]),
    ];

    private static IEnumerable<Statement> Notifications(HubShared shared) => [new(["sns:Publish"], [shared.Topics.Topic.TopicArn, shared.Topics.Alarms.TopicArn]), KeyFor(shared, "sns", UseKey)];

    private static IEnumerable<Statement> Evidence(HubShared shared) => [new(["s3:PutObject"], [shared.Store.Evidence.ArnForObjects("*")]), KeyFor(shared, "s3", UseKey)];

    // Service Authorization Reference, "Amazon EventBridge": rules of the default bus and of others have ARNs of their own, and listing knows none.
    private static IEnumerable<Statement> OwnRules() =>
    [
        new(["events:ListRules"], ["*"]),
        new(
            ["events:ListTargetsByRule"],
            [
                $"arn:{Here.Partition}:events:{Here.Region}:{Here.Account}:rule/{DeployedNames.Prefix}-*",
                $"arn:{Here.Partition}:events:{Here.Region}:{Here.Account}:rule/{DeployedNames.Bus}/{DeployedNames.Prefix}-*",
            ]),
    ];

    // Service Authorization Reference, "AWS Organizations": units and roots are in the management account, which the caller's policy does not know.
    private static IEnumerable<Statement> Accounts() => [new(["organizations:ListAccountsForParent", "organizations:ListOrganizationalUnitsForParent"], ["*"])];

    private static Statement KeyFor(HubShared shared, string service, ImmutableArray<string> actions) =>
        new Statement(actions, [shared.Key.KeyArn]).When("StringEquals", "kms:ViaService", $"{service}.{Here.Region}.{Here.UrlSuffix}");
}
