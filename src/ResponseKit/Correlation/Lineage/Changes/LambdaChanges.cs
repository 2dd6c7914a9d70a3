using System.Collections.Immutable;
using ResponseKit.Deployment;
using ResponseKit.Records;
using ResponseKit.Resources;
using static ResponseKit.Correlation.Lineage.Changes.Row;

namespace ResponseKit.Correlation.Lineage.Changes;

/// <summary>Lambda functions and layers, and what starts things at a time or after an event.</summary>
public sealed class LambdaChanges : IChangeRules
{
    private const string Lambda = EventSources.Lambda;

    private static readonly ChangeValue Bus = Value("bus", "request.eventBusName").Else("default");

    /// <inheritdoc/>
    public ImmutableArray<ChangeRule> Rules { get; } =
    [
        Made(Lambda, "Lambda function", "CreateFunction") with
        {
            Actions = ["lambda.lock-down-function"],
            Example = ("""{"functionName":"f"}""", "{}"),
        },
        Opened(Lambda, "Lambda function", "AddPermission", "CreateFunctionUrlConfig", "UpdateFunctionUrlConfig") with
        {
            Actions = ["lambda.lock-down-function"],
            Example = ("""{"functionName":"f","principal":"*"}""", "{}"),
        },
        Altered(Lambda, "code of a Lambda function", "UpdateFunctionCode", "UpdateFunctionConfiguration") with
        {
            Label = "{function}",
            Values = [Value("function", "request.functionName")],
            About = (ResourceKind.LambdaFunction, "{function}"),
            Actions = ["lambda.lock-down-function"],
            Commands =
            [
                "aws lambda get-function --function-name {function}",
                "aws lambda list-versions-by-function --function-name {function}",
                "aws lambda update-function-code --function-name {function} --s3-bucket {bucket-before} --s3-key {key-before}",
            ],
            Needs = ["lambda:GetFunction", "lambda:ListVersionsByFunction", "lambda:UpdateFunctionCode"],
            Note = "Keep what the first command shows as evidence, its code included. Then deploy it anew from where it comes from, or put back an earlier version; undo "
                + "the lock afterwards.",
            Example = ("""{"functionName":"f","layers":["x"]}""", "{}"),
        },
        Enlarged(Lambda, "provisioned concurrency of a Lambda function", "PutProvisionedConcurrencyConfig") with
        {
            Label = "{function}:{qualifier}",
            Values = [Value("function", "request.functionName"), Value("qualifier", "request.qualifier")],
            // Also of a function of the actor's, which cannot be stopped while it has some.
            Commands =
            [
                "aws lambda get-provisioned-concurrency-config --function-name {function} --qualifier {qualifier}",
                "aws lambda delete-provisioned-concurrency-config --function-name {function} --qualifier {qualifier}",
            ],
            Needs = ["lambda:GetProvisionedConcurrencyConfig", "lambda:DeleteProvisionedConcurrencyConfig"],
            Note = "It is paid for by the hour. If the function had some before, put that number back instead.",
            Example = ("""{"functionName":"f","qualifier":"live","provisionedConcurrentExecutions":100}""", "{}"),
        },
        Opened(Lambda, "version of a Lambda layer", "AddLayerVersionPermission") with
        {
            Label = "{layer}:{version}, statement {statement}",
            Values = [Value("layer", "request.layerName"), Value("version", "request.versionNumber"), Value("statement", "request.statementId")],
            Commands = ["aws lambda remove-layer-version-permission --layer-name {layer} --version-number {version} --statement-id {statement}"],
            Needs = ["lambda:RemoveLayerVersionPermission"],
            Note = "What was fetched meanwhile stays with whoever fetched it.",
            Example = ("""{"layerName":"shared","versionNumber":3,"statementId":"x","principal":"*"}""", "{}"),
        },
        Made(EventSources.Scheduler, "EventBridge schedule", "CreateSchedule") with
        {
            Actions = ["scheduler.disable-schedule"],
            Note = "It stays, disabled: what it called, and by which role, is evidence.",
            Example = ("""{"name":"w","groupName":"default","scheduleExpression":"rate(5 minutes)"}""", "{}"),
        },
        Altered(EventSources.Scheduler, "EventBridge schedule", "UpdateSchedule") with
        {
            Label = "{group}/{name}",
            Values = [Value("name", "request.name"), Value("group", "request.groupName").Else("default")],
            About = (ResourceKind.Schedule, "{group}/{name}"),
            Commands = ["aws scheduler get-schedule --name {name} --group-name {group}"],
            Needs = ["scheduler:GetSchedule"],
            Note = "It does something else now, or at another time. Update it from where it comes from; until then delete it if nothing needs it.",
            Example = ("""{"name":"nightly","groupName":"default","scheduleExpression":"rate(5 minutes)"}""", "{}"),
        },
        Made(EventSources.Events, "EventBridge rule", "PutRule") with
        {
            When = record => !IsNamedLikeOurs(record),
            Label = "{bus}/{name}",
            Values = [Value("name", "request.name"), Bus],
            Commands = ["aws events list-targets-by-rule --rule {name} --event-bus-name {bus}", "aws events disable-rule --name {name} --event-bus-name {bus}"],
            Needs = ["events:ListTargetsByRule", "events:DisableRule"],
            Note = "The record does not tell whether there was one of that name before. Look what it starts.",
            Example = ("""{"name":"w","scheduleExpression":"rate(5 minutes)"}""", "{}"),
        },
        Made(EventSources.Events, "EventBridge rule that is named like a part of ResponseKit", "PutRule") with
        {
            Aspect = "named like ours",
            When = IsNamedLikeOurs,
            Label = "{bus}/{name}",
            Values = [Value("name", "request.name"), Bus],
            Commands = ["aws events describe-rule --name {name} --event-bus-name {bus}", "aws events list-targets-by-rule --rule {name} --event-bus-name {bus}"],
            Needs = ["events:DescribeRule", "events:ListTargetsByRule"],
            Note = "If it is a part of ResponseKit, deploy again, which puts it back. Disable it only if it is none.",
            Example = ("""{"name":"ResponseKit-nightly","scheduleExpression":"rate(5 minutes)"}""", "{}"),
        },
        Removed(EventSources.Events, "EventBridge rule", "DisableRule") with
        {
            Label = "{bus}/{name}",
            Values = [Value("name", "request.name"), Bus],
            Commands = ["aws events enable-rule --name {name} --event-bus-name {bus}"],
            Needs = ["events:EnableRule"],
            Example = ("""{"name":"watch"}""", "{}"),
        },
        Removed(EventSources.Events, "EventBridge rule, or its targets", "DeleteRule", "RemoveTargets") with
        {
            Label = "{bus}/{name}",
            Values = [Value("name", "request.name", "request.rule"), Bus],
            Commands =
            [
                "aws events put-rule --name {name} --event-bus-name {bus} --event-pattern {pattern-before}",
                "aws events put-targets --rule {name} --event-bus-name {bus} --targets Id=1,Arn={target-arn-before}",
            ],
            Needs = ["events:PutRule", "events:PutTargets"],
            Note = "Make it anew from where it comes from; earlier PutRule and PutTargets records tell what it listened to and called.",
            Example = ("""{"name":"watch"}""", "{}"),
        },
    ];

    private static bool IsNamedLikeOurs(CloudTrailRecord record) => OwnNames.IsLikeOurs(record.Request["name"].Text ?? "");
}
