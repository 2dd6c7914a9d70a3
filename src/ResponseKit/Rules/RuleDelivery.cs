using System.Collections.Frozen;
using System.Collections.Immutable;
using ResponseKit.Correlation;
using ResponseKit.Records;

namespace ResponseKit.Rules;

/// <summary>Which records a deployment would be brought that was not asked to deliver calls that only read: derived from what its rules are made of.</summary>
public static class RuleDelivery
{
    private static readonly ImmutableArray<Selector> Writes = [.. Observer.Selectors.Where(selector => !selector.ReadOnly)];
    private static readonly FrozenSet<string> CountAsWrites = FrozenSet.ToFrozenSet(["GetFederationToken", "GetSessionToken"], StringComparer.Ordinal);

    /// <summary>
    /// Whether a rule delivers the record with <c>reads=off</c>: an event of a service's own; a session that is opened, except by a service; a change that is listened to.
    /// A rule in the plain state gets no record that CloudTrail marks as read-only (EventBridge User Guide, "AWS service events delivered via AWS CloudTrail").
    /// </summary>
    public static bool WithoutReads(CloudTrailRecord record)
    {
        if (SessionOpenings.Is(record.EventSource, record.EventName))
            return SessionOpenings.Delivers(record);
        if (record.ReadOnly == true && !(record.EventSource == EventSources.Sts && CountAsWrites.Contains(record.EventName)))
            return false;
        foreach (var selector in Writes)
        {
            if (selector.Accepts(record))
                return true;
        }

        return false;
    }
}
