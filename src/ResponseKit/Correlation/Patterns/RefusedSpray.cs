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

    private static readonly TimeSpan PersonsPace = TimeSpan.FromSeconds(20);

    private readonly Counter<Sameness> attempts = new();
    private readonly Counter<Sameness> costly = new();
    private readonly List<Signal> hands = [];

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
        // AWS has too few machines: that says nothing of who asks.
        && LaunchObstacle.Of(signal.Outcome) is not { IsShortage: true };

    /// <inheritdoc/>
    public void Add(Signal signal)
    {
        if (IsOneByHand(signal))
            hands.Add(signal);
        else
            Count(signal, attempts.Add, costly.Add);
    }

    /// <inheritdoc/>
    public void Remove(Signal signal)
    {
        if (IsOneByHand(signal))
            hands.Remove(signal);
        else
            Count(signal, attempts.Remove, costly.Remove);
    }

    /// <inheritdoc/>
    public Finding? Current(CorrelationTimes times)
    {
        var (all, dear) = (attempts.Different, costly.Different);
        var fast = Fast().Select(signal => (Thing: new Sameness(signal), signal.Finding.Weight)).Distinct().ToList();
        all += fast.Count(one => !attempts.Has(one.Thing));
        dear += fast.Count(one => one.Weight >= CostlyFrom && !costly.Has(one.Thing));
        return all < Many && dear < ManyCostly
            ? null
            : new Finding(all >= VeryMany ? HeavyWeight : Weight, $"failed {all} different attempts to make compute within {times.RushMinutes} minutes");
    }

    // Who tries the types of a list in the console, one machine each, has quotas to find out.
    private static bool IsOneByHand(Signal signal) => signal.Finding.ByHand && signal.Finding.Facts.GetValueOrDefault("count", "1") == "1";

    private static void Count(Signal signal, Action<Sameness> attempt, Action<Sameness> costly)
    {
        attempt(new Sameness(signal));
        if (signal.Finding.Weight >= CostlyFrom)
            costly(new Sameness(signal));
    }

    // A program can say that it is a browser, but not be as slow as a person and still be in a hurry. They come in the order of time.
    private IEnumerable<Signal> Fast() => hands.Where((signal, at) =>
        (at > 0 && signal.Time - hands[at - 1].Time < PersonsPace) || (at + 1 < hands.Count && hands[at + 1].Time - signal.Time < PersonsPace));
}
