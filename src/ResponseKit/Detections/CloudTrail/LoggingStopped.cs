using System.Collections.Immutable;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Detections.CloudTrail;

/// <summary>A trail or event data store stopped or deleted.</summary>
public sealed class LoggingStopped : IDetection
{
    private static readonly Attempt Weight = new(Success: 55, Denied: 20);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "cloudtrail.logging-stopped",
        Title = "CloudTrail stopped or deleted",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DisableCloudLog],
        Selectors =
        [
            Selector.Writes(EventSources.CloudTrail, "StopLogging", "DeleteTrail", "StopEventDataStoreIngestion", "DeleteEventDataStore"),
        ],
        Why = "Without a trail nothing reaches EventBridge or the log bucket: every rule that relies on it goes blind.",
        BenignCauses = ["A trail replaced by the organization's", "An account being closed", "Tests that make and delete trails"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        // The name may be an ARN. A refusal is recorded without it.
        var name = record.Request["name"].Text ?? record.Request["eventDataStore"].Text;
        var isStore = record.EventName.EndsWith("EventDataStore", StringComparison.Ordinal) || record.EventName == "StopEventDataStoreIngestion";
        var (did, todo) = record.EventName.StartsWith("Delete", StringComparison.Ordinal) ? ("deleted", "delete") : ("stopped", "stop");
        var kind = isStore ? "event data store" : "trail";
        return Weight.Finding(record, did, todo, name is null ? $"a CloudTrail {kind}" : $"the CloudTrail {kind} {Plain.Name(name)}")
            ?.Doing(record, DamageKind.Blinding)
            .With(isStore ? "eventDataStore" : "trail", name)
            .Removing(record, ResourceKind.Trail, isStore ? null : name);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a trail stopped", EventSources.CloudTrail, "StopLogging",
            """{"name":"arn:aws:cloudtrail:us-east-1:111122223333:trail/management-events"}"""),
        DetectionExample.Match("a trail deleted", EventSources.CloudTrail, "DeleteTrail", """{"name":"management-events"}"""),
        DetectionExample.Match("an event data store stopped", EventSources.CloudTrail, "StopEventDataStoreIngestion",
            """{"eventDataStore":"arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/example"}"""),
        DetectionExample.Match("an event data store deleted", EventSources.CloudTrail, "DeleteEventDataStore", """{"eventDataStore":"example"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.CloudTrail, "StopLogging", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a trail that does not exist", EventSources.CloudTrail, "DeleteTrail", """{"name":"old"}""", "TrailNotFoundException"),
    ];
}
