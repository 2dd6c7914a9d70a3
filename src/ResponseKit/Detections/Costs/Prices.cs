using System.Collections.Frozen;
using System.Globalization;
using ResponseKit.Detections.Ec2;

namespace ResponseKit.Detections.Costs;

/// <summary>What things cost an hour on demand, in US dollars, as far as one has to know to tell a mine from daily work.</summary>
internal static class Prices
{
    /// <summary>One vCPU of Fargate on Linux (AWS Fargate Pricing, us-east-1).</summary>
    public const decimal FargateVcpu = 0.04048m;

    /// <summary>One GB of memory of Fargate (AWS Fargate Pricing, us-east-1).</summary>
    public const decimal FargateGigabyte = 0.004445m;

    /// <summary>A machine of which nothing is known: the template that it comes from was not seen.</summary>
    public const decimal UnknownMachine = 0.1m;

    /// <summary>A task of which nothing is known: a quarter of a vCPU with half a GB, the smallest that Fargate has.</summary>
    public const decimal UnknownTask = 0.0123m;

    // Medians of the list: p and trn series; other accelerated ones; everything else.
    private const decimal TrainingVcpu = 0.25m;
    private const decimal AcceleratedVcpu = 0.09m;
    private const decimal OrdinaryVcpu = 0.048m;

    private static readonly Lazy<FrozenDictionary<string, decimal>> Machines = new(Read);

    /// <summary>A machine of EC2, of a type that is listed or whose name tells its size; null for anything else.</summary>
    /// <param name="type">The instance type.</param>
    /// <param name="isEstimated">Whether it was estimated from the size.</param>
    public static decimal? Machine(string? type, out bool isEstimated)
    {
        isEstimated = false;
        if (type is null)
            return null;
        if (Machines.Value.TryGetValue(type.ToLowerInvariant(), out var listed))
            return listed;
        if (InstanceTypes.Family(type) is not { } family)
            return null;
        isEstimated = true;
        var perVcpu = !InstanceTypes.IsAccelerated(type) ? OrdinaryVcpu
            : family.StartsWith('p') || family.StartsWith("trn", StringComparison.Ordinal) ? TrainingVcpu : AcceleratedVcpu;
        return perVcpu * (InstanceTypes.Vcpus(type) ?? 4);
    }

    /// <summary>
    /// One of several types that are alternatives, as the call says which AWS takes: the first where they are prioritized, which is the default of groups, the cheapest
    /// for the lowest price (Amazon EC2 Auto Scaling User Guide, "Allocation strategies for multiple instance types").
    /// </summary>
    /// <param name="types">The types, in the order of the call.</param>
    /// <param name="strategy">What the call says; null where it says nothing.</param>
    /// <param name="isEstimated">Whether it was estimated from the size.</param>
    public static decimal? OfAlternatives(IReadOnlyList<string> types, string? strategy, out bool isEstimated) =>
        strategy is "lowest-price" or "lowestPrice" ? Cheapest(types, out isEstimated) : Cheapest(types.Take(1), out isEstimated);

    /// <summary>The cheapest of several types that are alternatives: a fleet takes it.</summary>
    public static decimal? Cheapest(IEnumerable<string> types, out bool isEstimated)
    {
        (decimal? cheapest, isEstimated) = (null, false);
        foreach (var type in types)
        {
            if (Machine(type, out var estimated) is { } price && (cheapest is null || price < cheapest))
                (cheapest, isEstimated) = (price, estimated);
        }

        return cheapest;
    }

    /// <summary>A task of Fargate.</summary>
    /// <param name="cpuUnits">Units of 1/1,024 vCPU.</param>
    /// <param name="megabytes">Memory in MiB; twice the vCPUs in GB where it is not known.</param>
    public static decimal Task(long cpuUnits, long? megabytes)
    {
        var vcpus = cpuUnits / 1024m;
        return (vcpus * FargateVcpu) + ((megabytes is { } memory ? memory / 1024m : 2 * vcpus) * FargateGigabyte);
    }

    private static FrozenDictionary<string, decimal> Read()
    {
        using var stream = typeof(Prices).Assembly.GetManifestResourceStream("ec2-on-demand-usd-per-hour.tsv")
            ?? throw new InvalidOperationException("The price list is not in the assembly.");
        using var reader = new StreamReader(stream);
        var prices = new Dictionary<string, decimal>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#') && line.Split('\t') is [var type, var price])
                prices[type] = decimal.Parse(price, CultureInfo.InvariantCulture);
        }

        return prices.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
