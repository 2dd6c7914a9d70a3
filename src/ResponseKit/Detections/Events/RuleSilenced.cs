using System.Collections.Immutable;
using ResponseKit.Deployment;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Detections.Events;

/// <summary>An EventBridge rule switched off, deleted or left without targets. ResponseKit's own are the detection <c>responsekit.tampered</c>'s.</summary>
public sealed class RuleSilenced : IConfiguredDetection
{
    private static readonly Attempt Weight = new(Success: 5, Denied: 4);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "events.rule-silenced",
        Title = "EventBridge rule disabled, deleted or emptied",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DisableTools],
        Selectors = [Selector.Writes(EventSources.Events, "DisableRule", "DeleteRule", "RemoveTargets")],
        Why = "Alarms and automatic responses hang on EventBridge rules.",
        BenignCauses = ["A deployment that replaces rules", "Scheduled jobs being retired"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var rule = record.Request["name"].Text ?? record.Request["rule"].Text;
        if (OwnParts.Touched(record, settings.Own) is not null)
            return null;
        var (did, todo, what) = record.EventName switch
        {
            "DisableRule" => ("disabled", "disable", ""),
            "DeleteRule" => ("deleted", "delete", ""),
            _ => ("removed", "remove", "the targets of "),
        };
        return Weight.Finding(record, did, todo, what + (rule is null ? "an EventBridge rule" : $"the EventBridge rule {Plain.Name(rule)}"))
            ?.With("rule", rule)
            .With("eventBusName", record.Request["eventBusName"].Text)
            .Removing(record, ResourceKind.EventsRule, RuleName.OnBus(rule, record.Request["eventBusName"].Text));
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a rule disabled", EventSources.Events, "DisableRule", """{"name":"guardduty-to-pager"}"""),
        DetectionExample.Match("a rule deleted", EventSources.Events, "DeleteRule", """{"name":"guardduty-to-pager","force":true}"""),
        DetectionExample.Ignore("a rule of ResponseKit's, which is tampering", EventSources.Events, "DeleteRule", """{"name":"ResponseKit-writes","force":true}"""),
        DetectionExample.Match("a rule left without targets", EventSources.Events, "RemoveTargets", """{"rule":"guardduty-to-pager","ids":["1"]}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Events, "DisableRule", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a rule that does not exist", EventSources.Events, "DeleteRule", """{"name":"old"}""", "ResourceNotFoundException"),
    ];
}
