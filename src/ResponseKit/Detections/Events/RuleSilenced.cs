using System.Collections.Immutable;
using ResponseKit.Correlation.Lineage;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Detections.Events;

/// <summary>An EventBridge rule switched off, deleted or left without targets.</summary>
public sealed class RuleSilenced : IDetection
{
    private static readonly Attempt AnyRule = new(Success: 5, Denied: 4);
    private static readonly Attempt OwnRule = new(Success: 55, Denied: 20, Failed: 10);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "events.rule-silenced",
        Title = "EventBridge rule disabled, deleted or emptied",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DisableTools],
        Selectors = [Selector.Writes(EventSources.Events, "DisableRule", "DeleteRule", "RemoveTargets")],
        Why = "Alarms and automatic responses, ResponseKit's own among them, hang on EventBridge rules.",
        BenignCauses = ["A deployment that replaces rules", "Scheduled jobs being retired"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var rule = record.Request["name"].Text ?? record.Request["rule"].Text;
        var isOwn = rule?.StartsWith("ResponseKit", StringComparison.OrdinalIgnoreCase) == true;
        var (did, todo, what) = record.EventName switch
        {
            "DisableRule" => ("disabled", "disable", ""),
            "DeleteRule" => ("deleted", "delete", ""),
            _ => ("removed", "remove", "the targets of "),
        };
        return (isOwn ? OwnRule : AnyRule)
            .Finding(record, did, todo, what + (rule is null ? "an EventBridge rule" : $"the EventBridge rule {Plain.Name(rule)}"))
            ?.With("rule", rule)
            .With("eventBusName", record.Request["eventBusName"].Text)
            .Removing(record, ResourceKind.EventsRule, WatcherLineage.RuleName(rule, record.Request["eventBusName"].Text));
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a rule disabled", EventSources.Events, "DisableRule", """{"name":"guardduty-to-pager"}"""),
        DetectionExample.Match("a rule of ResponseKit's deleted", EventSources.Events, "DeleteRule", """{"name":"ResponseKit-Iam","force":true}"""),
        DetectionExample.Match("a rule left without targets", EventSources.Events, "RemoveTargets", """{"rule":"guardduty-to-pager","ids":["1"]}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Events, "DisableRule", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a rule that does not exist", EventSources.Events, "DeleteRule", """{"name":"old"}""", "ResourceNotFoundException"),
    ];
}
