using System.Collections.Immutable;

namespace ResponseKit.Rules;

/// <summary>An EventBridge rule for the default bus, whose target is triage or the bus that leads to it.</summary>
/// <param name="Name">
/// The rule's name. It says which calls the rule is responsible for, whether or not anybody listens to them yet, such as writes of services from e to h:
/// so it changes only when there are too many for one rule, and then new rules come before the old one goes.
/// </param>
/// <param name="Pattern">The event pattern, as JSON without spaces, of at most <see cref="EventRules.MaxPatternLength"/> characters.</param>
/// <param name="NeedsReads">
/// Whether the rule is of use only in the state ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS, without which EventBridge delivers no reads
/// (EventBridge User Guide, "Receiving read-only management events").
/// </param>
/// <param name="Listens">Whom it listens to, for people: services, types of caller, or sources of events.</param>
public sealed record EventRule(string Name, string Pattern, bool NeedsReads, ImmutableArray<string> Listens)
{
    /// <summary>Whether the rule is deployed only where calls that only read are asked for.</summary>
    public bool IsOptional { get; init; }
}
