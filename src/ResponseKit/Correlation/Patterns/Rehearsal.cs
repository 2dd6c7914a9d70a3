using ResponseKit.Detections;
using ResponseKit.Records;

namespace ResponseKit.Correlation.Patterns;

/// <summary>
/// How much the account would give, and whether the key may take it: quotas of compute read and launches tried with dry runs, within minutes. A
/// deployment knows both, an inventory tries no launches, a node autoscaler reads no quotas. The November 2025 campaign began so.
/// </summary>
internal sealed class Rehearsal : IPattern
{
    private const int Times = 2;
    private const int Weight = 25;

    private readonly Counter<Sameness> quotas = new();
    private readonly Counter<Sameness> dryRuns = new();

    /// <inheritdoc/>
    public PatternDescriptor Descriptor { get; } = new(
        PatternScan.Prefix + "rehearsal",
        "Quotas of compute read and launches tried out",
        [Techniques.CloudInfrastructureDiscovery],
        "How much the account would give, and whether the key may take it: the November 2025 campaign asked both first. An inventory tries no launches, "
        + "a node autoscaler reads no quotas.",
        ["An engineer who prepares a large launch by hand"]);

    /// <inheritdoc/>
    public bool Concerns(Signal signal, Func<Signal, bool> isUsualRegion) => IsQuota(signal) || IsDryRun(signal);

    /// <inheritdoc/>
    public void Add(Signal signal) => (IsQuota(signal) ? quotas : dryRuns).Add(new Sameness(signal));

    /// <inheritdoc/>
    public void Remove(Signal signal) => (IsQuota(signal) ? quotas : dryRuns).Remove(new Sameness(signal));

    /// <inheritdoc/>
    public Finding? Current(CorrelationTimes times) => quotas.Different == 0 || dryRuns.Different < Times
        ? null
        : new Finding(Weight, $"read quotas of compute and tried out {dryRuns.Different} launches within {times.RushMinutes} minutes");

    private static bool IsQuota(Signal signal) => signal.Category == SignalCategory.Recon && signal.DetectionId.StartsWith("servicequotas.", StringComparison.Ordinal);

    private static bool IsDryRun(Signal signal) =>
        signal.Category == SignalCategory.PermissionProbing && signal.Outcome is CallOutcome.DryRun && Compute.Is(signal);
}
