using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Correlation.Novelty;

/// <summary>Finds what an actor does for the first time, as signals.</summary>
public static class NoveltyScan
{
    private const string Prefix = "novelty.";
    private const string UnapprovedRegion = "unapproved-region";

    private const int UnapprovedRegionWeight = 15;

    // Who is at home in many places is less remarkable in one more.
    private const int AtHomeInSeveral = 3;
    private const int AtHomeInMany = 8;

    /// <summary>The ids of such signals.</summary>
    public static ImmutableArray<string> Ids { get; } =
        [.. Enum.GetValues<TraitKind>().Where(kind => kind != TraitKind.Spend).Select(kind => $"{Prefix}new-{Name(kind)}").Append(Prefix + UnapprovedRegion)];

    /// <summary>One signal for each trait of an observation that is new for its actor, weighted by how settled he is.</summary>
    internal static IEnumerable<Signal> Find(CaseFile file, Baseline baseline, ResponsePolicy policy) =>
        baseline.Actors.IsEmpty && policy.Detections.ApprovedRegions.IsEmpty
            ? []
            : file.Observations.SelectMany(observation => Unusual(observation, baseline).Concat(Unapproved(observation, policy)));

    private static IEnumerable<Signal> Unusual(Observation observation, Baseline baseline)
    {
        var history = baseline.Of(observation.Actor.Key);
        var settled = history.SettledAt(observation.Time);
        return settled == 0
            ? []
            : from trait in observation.Traits
              where !history.Knows(trait, observation.Time)
              let weight = (int)Math.Round(WeightOf(trait.Kind) * settled * Share(history.Variety(trait.Kind, observation.Time)))
              where weight > 0
              select SignalOf(observation, $"new-{Name(trait.Kind)}", new Finding(weight, Sentence(trait)).With(Name(trait.Kind), trait.Value));
    }

    // Only for making compute: reading, and services that exist in one region only, are nobody's choice.
    private static IEnumerable<Signal> Unapproved(Observation observation, ResponsePolicy policy) =>
        policy.Detections.ApprovedRegions is { IsEmpty: false } approved
        && !approved.Contains(observation.Region)
        && observation.Signals.Any(signal => signal.Category == SignalCategory.Provisioning && !signal.DetectionId.StartsWith("iam.", StringComparison.Ordinal))
            ? [SignalOf(observation, UnapprovedRegion, new Finding(UnapprovedRegionWeight, $"made compute in {observation.Region}, which the policy does not approve"))]
            : [];

    private static Signal SignalOf(Observation observation, string name, Finding finding) => new(
        Prefix + name, SignalCategory.Novelty, observation.EventId, observation.Time, observation.Actor, observation.Region,
        observation.Signals.Select(signal => signal.Outcome).FirstOrDefault() ?? new CallOutcome.Succeeded(), finding);

    private static int WeightOf(TraitKind kind) => kind switch
    {
        TraitKind.Region or TraitKind.Network => 10,
        TraitKind.Family => 8,
        TraitKind.Agent or TraitKind.Service => 6,
        // Money is judged by itself.
        TraitKind.Spend => 0,
        _ => 3,
    };

    private static double Share(int variety) => variety <= AtHomeInSeveral ? 1 : variety <= AtHomeInMany ? 0.5 : 0.25;

    private static string Name(TraitKind kind) => kind.ToString().ToLowerInvariant();

    private static string Sentence(Trait trait) => trait.Kind switch
    {
        TraitKind.Region => $"called the region {trait.Value} for the first time",
        TraitKind.Network => $"called from the network {trait.Value} for the first time",
        TraitKind.Agent => $"used the program {trait.Value} for the first time",
        TraitKind.Service => $"called {trait.Value} for the first time",
        TraitKind.Family => $"asked for {trait.Value} instances for the first time",
        _ => $"was active between {trait.Value}:00 and {trait.Value}:59 UTC for the first time",
    };
}
