using ResponseKit.Detections;
using ResponseKit.Detections.Ec2;
using ResponseKit.Records;

namespace ResponseKit.Correlation.Patterns;

/// <summary>
/// Many different attempts to make compute, all refused or failing: other types, other regions, other services. A broken deployment tries the
/// same thing again; who holds a stolen key tries whatever there is.
/// </summary>
internal sealed class RefusedSpray : IPattern
{
    private const int Many = 6;
    private const int VeryMany = 12;
    private const int Weight = 25;
    private const int HeavyWeight = 30;

    private const int ManyCostly = 4;

    // What ordinary things weigh when they are refused stays below.
    private const int CostlyFrom = 9;

    private readonly Counter<Sameness> attempts = new();
    private readonly Counter<Sameness> costly = new();

    /// <inheritdoc/>
    public PatternDescriptor Descriptor { get; } = new(
        PatternScan.Prefix + "refused-spray",
        "Many different attempts to make compute, all refused or failing",
        [Techniques.CloudInfrastructureDiscovery, Techniques.ComputeHijacking],
        "Who holds a stolen key tries types, regions and services until something works. A broken deployment tries the same thing again.",
        ["A new account whose quotas are being explored by hand"]);

    /// <inheritdoc/>
    public bool Concerns(Signal signal, Func<Signal, bool> isUsualRegion) =>
        signal.Category is SignalCategory.Provisioning or SignalCategory.PermissionProbing
        && signal.Outcome is CallOutcome.Denied or CallOutcome.Failed
        && Compute.Is(signal)
        && !IsOneByHand(signal)
        // AWS has too few machines: that says nothing of who asks.
        && LaunchObstacle.Of(signal.Outcome) is not { IsShortage: true };

    /// <inheritdoc/>
    public void Add(Signal signal)
    {
        attempts.Add(new Sameness(signal));
        if (signal.Finding.Weight >= CostlyFrom)
            costly.Add(new Sameness(signal));
    }

    /// <inheritdoc/>
    public void Remove(Signal signal)
    {
        attempts.Remove(new Sameness(signal));
        if (signal.Finding.Weight >= CostlyFrom)
            costly.Remove(new Sameness(signal));
    }

    // Who tries the types of a list in the console, one machine each, has quotas to find out.
    private static bool IsOneByHand(Signal signal) => signal.Finding.ByHand && signal.Finding.Facts.GetValueOrDefault("count", "1") == "1";

    /// <inheritdoc/>
    public Finding? Current(CorrelationTimes times) => attempts.Different < Many && costly.Different < ManyCostly
        ? null
        : new Finding(
            attempts.Different >= VeryMany ? HeavyWeight : Weight,
            $"failed {attempts.Different} different attempts to make compute within {times.RushMinutes} minutes");
}
