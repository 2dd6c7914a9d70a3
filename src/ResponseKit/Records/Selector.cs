using System.Collections.Immutable;

namespace ResponseKit.Records;

/// <summary>
/// Which calls something listens to. EventBridge rules are made from these, and in replay only records that a selector
/// accepts are looked at.
/// </summary>
/// <param name="EventSource">
/// The called service, such as <c>ec2.amazonaws.com</c>; <c>aws.guardduty</c> or <c>aws.health</c> for events of their own; <c>*</c> for any service,
/// beside an <see cref="IdentityType"/>.
/// </param>
/// <param name="EventNames">Operations, without version suffix, or detail-types of events; none beside an <see cref="IdentityType"/>.</param>
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

    /// <summary>Listens to every change that callers of a type make, whatever they call.</summary>
    /// <param name="type">A <c>userIdentity.type</c> of CloudTrail's, such as <c>Root</c>.</param>
    public static Selector ByIdentity(string type) => new("*", []) { IdentityType = type };

    /// <summary>The <c>userIdentity.type</c> whose calls, all of them, are listened to; null where the service and the operation decide.</summary>
    public string? IdentityType { get; init; }

    /// <summary>Whether the record is of one of these calls.</summary>
    public bool Accepts(CloudTrailRecord record)
    {
        if (IdentityType is not null)
            return record.Identity["type"].Text == IdentityType;
        return record.EventSource == EventSource && Means(record.EventName);
    }

    /// <summary>Whether the operation is one of these, with a version suffix or without.</summary>
    internal bool Means(string operation)
    {
        foreach (var name in EventNames)
        {
            if (OperationNames.Is(operation, name))
                return true;
        }

        return false;
    }
}
