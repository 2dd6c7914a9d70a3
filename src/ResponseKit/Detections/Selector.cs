using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections;

/// <summary>
/// Which calls something listens to. EventBridge rules are made from these, and in replay only records that a selector
/// accepts are looked at.
/// </summary>
/// <param name="EventSource">The called service, such as <c>ec2.amazonaws.com</c>.</param>
/// <param name="EventNames">Operations, without version suffix.</param>
/// <param name="ReadOnly">
/// Whether CloudTrail counts these calls as reads, which an EventBridge rule sees only in the state
/// ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS (EventBridge User Guide, "Receiving read-only management events").
/// </param>
public sealed record Selector(string EventSource, ImmutableArray<string> EventNames, bool ReadOnly = false)
{
    /// <summary>Listens to calls that change something.</summary>
    public static Selector Writes(string eventSource, params ReadOnlySpan<string> eventNames) => new(eventSource, [.. eventNames]);

    /// <summary>Listens to calls that only read.</summary>
    public static Selector Reads(string eventSource, params ReadOnlySpan<string> eventNames) => new(eventSource, [.. eventNames], ReadOnly: true);

    /// <summary>Whether the record is of one of these calls.</summary>
    public bool Accepts(CloudTrailRecord record) => EventNames.Any(name => record.Is(EventSource, name));
}
