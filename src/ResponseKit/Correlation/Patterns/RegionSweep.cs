using System.Collections.Immutable;
using ResponseKit.Detections;

namespace ResponseKit.Correlation.Patterns;

/// <summary>
/// Compute made, tried out or refused in one region after another: quotas are per region, so thieves go through them all. Regions that the policy
/// approves or that the actor has long used do not count.
/// </summary>
internal sealed class RegionSweep : IPattern
{
    private static readonly ImmutableArray<(int Regions, int Weight)> Levels = [(12, 60), (8, 50), (6, 40), (4, 15)];

    // An estate in several regions is made of smaller things.
    private const int CostlyFrom = 15;

    // Global services are recorded in one region, wherever it is meant for.
    private static readonly ImmutableArray<string> Global = ["iam.", "organizations.", "servicequotas."];

    private readonly Counter<string> regions = new();
    private readonly Counter<(string Region, string What, bool TookEffect, bool IsByUse)> things = new();

    /// <inheritdoc/>
    public PatternDescriptor Descriptor { get; } = new(
        PatternScan.Prefix + "region-sweep",
        "Compute in one region after another",
        [Techniques.UnusedRegions, Techniques.ComputeHijacking],
        "Quotas are per region, so thieves go through all of them, used or not. Regions that the policy approves or that the actor has long used do not count.",
        ["A worldwide roll-out, whose regions belong into the policy's approvedRegions"]);

    /// <inheritdoc/>
    public bool Concerns(Signal signal, Func<Signal, bool> isUsualRegion) =>
        (signal.Category == SignalCategory.Provisioning
            ? (signal.Finding.Weight >= CostlyFrom || !signal.Outcome.TookEffect || signal.IsByUse)
                && !Global.Any(prefix => signal.DetectionId.StartsWith(prefix, StringComparison.Ordinal))
            : (signal.Category == SignalCategory.PermissionProbing && Compute.Is(signal)) || signal.IsByUse)
        && !isUsualRegion(signal);

    /// <inheritdoc/>
    public void Add(Signal signal)
    {
        regions.Add(signal.Region);
        things.Add(ThingOf(signal));
    }

    /// <inheritdoc/>
    public void Remove(Signal signal)
    {
        regions.Remove(signal.Region);
        things.Remove(ThingOf(signal));
    }

    /// <inheritdoc/>
    public Finding? Current(CorrelationTimes times)
    {
        var (_, weight) = Levels.FirstOrDefault(level => regions.Different >= level.Regions);
        return weight == 0 || IsRollOut()
            ? null
            : new Finding(weight, $"went for compute in {regions.Different} regions within {times.RushMinutes} minutes")
                .With("regions", string.Join(", ", regions.All.Order(StringComparer.Ordinal)));
    }

    // The same thing once in each region, and all of it took effect: whoever rolls out knows what the account gives. What it costs together counts elsewhere.
    private bool IsRollOut() => things.All.All(thing => thing.TookEffect && things.CountOf(thing) == 1
        && !thing.IsByUse);

    private static (string Region, string What, bool TookEffect, bool IsByUse) ThingOf(Signal signal) =>
        (signal.Region, $"{signal.DetectionId} {signal.Finding.Explanation}", signal.Outcome.TookEffect, signal.IsByUse);
}
