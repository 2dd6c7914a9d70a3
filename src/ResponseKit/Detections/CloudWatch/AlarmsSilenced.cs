using System.Collections.Immutable;
using ResponseKit.Deployment;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.CloudWatch;

/// <summary>Alarms deleted, or kept from telling anybody.</summary>
public sealed class AlarmsSilenced : IConfiguredDetection
{
    private static readonly Attempt Deleted = new(Success: 4, Denied: 1);
    private static readonly Attempt Silenced = new(Success: 8, Denied: 2);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "cloudwatch.alarms-silenced",
        Title = "CloudWatch alarms deleted or silenced",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DisableTools],
        Selectors = [Selector.Writes(EventSources.CloudWatch, "DeleteAlarms", "DisableAlarmActions")],
        Why = "Alarms on cost, on load and on calls in the trail are how a mine is noticed by people.",
        BenignCauses = ["Stacks being deleted or replaced", "Maintenance during which alarms would only disturb"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        if (OwnParts.Touched(record, settings.Own) is not null)
            return null;
        var names = record.Request["alarmNames"].Items.Take(1000).Select(name => name.Text).OfType<string>().ToList();
        var (weight, did, todo) = record.EventName == "DeleteAlarms" ? (Deleted, "deleted", "delete") : (Silenced, "disabled", "disable");
        return weight.Finding(record, did, todo, names.Count == 0 ? "CloudWatch alarms" : $"the CloudWatch alarms {Plain.Names(names)}")
            ?.With("alarmNames", names.Count == 0 ? null : Plain.Names(names));
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("an alarm deleted", EventSources.CloudWatch, "DeleteAlarms", """{"alarmNames":["billing"]}"""),
        DetectionExample.Match("alarms that tell nobody any more", EventSources.CloudWatch, "DisableAlarmActions", """{"alarmNames":["billing","root-login"]}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.CloudWatch, "DeleteAlarms", errorCode: "AccessDenied"),
        DetectionExample.Ignore("an alarm that does not exist", EventSources.CloudWatch, "DeleteAlarms", """{"alarmNames":["x"]}""", "ResourceNotFound"),
    ];
}
