using System.Collections.Immutable;
using ResponseKit.Records;
using ResponseKit.Resources;
using static ResponseKit.Correlation.Lineage.Changes.Row;

namespace ResponseKit.Correlation.Lineage.Changes;

/// <summary>Lambda functions and layers, and what starts things at a time or after an event.</summary>
public sealed class LambdaChanges : IChangeRules
{
    private const string Lambda = EventSources.Lambda;

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
            Label = "{group}/{name}",
            Values = [Value("name", "request.name"), Value("group", "request.groupName")],
            Commands = ["aws scheduler get-schedule --name {name}", "aws scheduler delete-schedule --name {name}"],
            Needs = ["scheduler:GetSchedule", "scheduler:DeleteSchedule"],
            Note = "Keep what the first command shows: it names what was started and by which role. In another group than default add --group-name to both.",
            Example = ("""{"name":"w","groupName":"default","scheduleExpression":"rate(5 minutes)"}""", "{}"),
        },
        Altered(EventSources.Scheduler, "EventBridge schedule", "UpdateSchedule") with
        {
            Label = "{group}/{name}",
            Values = [Value("name", "request.name"), Value("group", "request.groupName")],
            Commands = ["aws scheduler get-schedule --name {name}"],
            Needs = ["scheduler:GetSchedule"],
            Note = "It does something else now, or at another time. Update it from where it comes from; until then delete it if nothing needs it.",
            Example = ("""{"name":"nightly","groupName":"default","scheduleExpression":"rate(5 minutes)"}""", "{}"),
        },
        Made(EventSources.Events, "EventBridge rule", "PutRule") with
        {
            Label = "{name}",
            Values = [Value("name", "request.name")],
            Commands = ["aws events list-targets-by-rule --rule {name}", "aws events disable-rule --name {name}"],
            Needs = ["events:ListTargetsByRule", "events:DisableRule"],
            Note = "The record does not tell whether there was one of that name before. Look what it starts; on another bus than default add --event-bus-name to both.",
            Example = ("""{"name":"w","scheduleExpression":"rate(5 minutes)"}""", "{}"),
        },
        Removed(EventSources.Events, "EventBridge rule", "DisableRule") with
        {
            Label = "{name}",
            Values = [Value("name", "request.name")],
            Commands = ["aws events enable-rule --name {name}"],
            Needs = ["events:EnableRule"],
            Note = "On another bus than default add --event-bus-name.",
            Example = ("""{"name":"watch"}""", "{}"),
        },
        Removed(EventSources.Events, "EventBridge rule, or its targets", "DeleteRule", "RemoveTargets") with
        {
            Label = "{name}",
            Values = [Value("name", "request.name", "request.rule")],
            Commands =
            [
                "aws events put-rule --name {name} --event-pattern {pattern-before}", "aws events put-targets --rule {name} --targets Id=1,Arn={target-arn-before}",
            ],
            Needs = ["events:PutRule", "events:PutTargets"],
            Note = "Make it anew from where it comes from; earlier PutRule and PutTargets records tell what it listened to and called.",
            Example = ("""{"name":"watch"}""", "{}"),
        },
    ];
}
