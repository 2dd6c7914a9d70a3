using ResponseKit.Detections;

namespace ResponseKit.Correlation.Patterns;

/// <summary>
/// The same chain of costly calls again and again: cluster, task definition, service; or launch template, group, protection. A deployment makes each
/// of its things once; a scheduler repeats one call, not a chain.
/// </summary>
internal sealed class ProductionLine : IPattern
{
    private const int Kinds = 3;
    private const int Times = 5;
    private const int Weight = 40;

    // Below this a call is daily work.
    private const int FromWeight = 5;

    // An estate of many parts repeats cheap things; one of the kinds has to cost money.
    private const int CostlyFrom = 15;

    private readonly Dictionary<string, Counter<Sameness>> things = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public PatternDescriptor Descriptor { get; } = new(
        PatternScan.Prefix + "production-line",
        "The same chain of costly calls again and again",
        [Techniques.ComputeHijacking],
        "Mining scripts loop: cluster, task definition, service, dozens of times. A deployment makes each of its things once, and a scheduler repeats "
        + "one call, not a chain.",
        ["A load test that builds many copies of a large environment"]);

    /// <inheritdoc/>
    public bool Concerns(Signal signal, Func<Signal, bool> isUsualRegion) =>
        (signal.Category == SignalCategory.Provisioning || Compute.IsProtected(signal)) && signal.Finding.Weight >= FromWeight;

    /// <inheritdoc/>
    public void Add(Signal signal)
    {
        if (!things.TryGetValue(signal.DetectionId, out var counter))
            things[signal.DetectionId] = counter = new();
        counter.Add(new Sameness(signal));
    }

    /// <inheritdoc/>
    public void Remove(Signal signal) => things[signal.DetectionId].Remove(new Sameness(signal));

    /// <inheritdoc/>
    public Finding? Current(CorrelationTimes times)
    {
        var repeated = things.Where(thing => thing.Value.Different >= Times).ToList();
        return repeated.Count < Kinds || !repeated.Exists(thing => thing.Value.All.Any(one => one.Weight >= CostlyFrom))
            ? null
            : new Finding(
                Weight,
                $"went through the same chain of {repeated.Count} kinds of costly calls {repeated.Min(thing => thing.Value.Different)} times "
                + $"within {times.RushMinutes} minutes")
                .With("detections", string.Join(", ", repeated.Select(thing => thing.Key).Order(StringComparer.Ordinal)));
    }
}
