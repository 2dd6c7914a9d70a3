using System.Collections.Frozen;
using ResponseKit.Detections.Ec2;

namespace ResponseKit.Detections.Costs;

/// <summary>
/// What services that rent out machines, workers or throughput ask for an hour on demand in us-east-1, in US dollars. Read in February 2026, and good to a factor of two:
/// several are written as a part on top of EC2's price, as most of these services have it.
/// </summary>
internal static class ServicePrices
{
    /// <summary>On top of EC2, for a machine of SageMaker AI (Amazon SageMaker AI Pricing, on-demand: from 1.15 for p4d to 1.4 for g5).</summary>
    public const decimal SageMaker = 1.25m;

    /// <summary>With EC2's own price, for a machine of EMR (Amazon EMR Pricing, Amazon EMR on EC2: a quarter on top, less for accelerators).</summary>
    public const decimal Emr = 1.2m;

    /// <summary>On top of EC2, for a machine of GameLift (Amazon GameLift Servers Pricing, on-demand instances).</summary>
    public const decimal GameLift = 1.25m;

    /// <summary>On top of the machines that fit on it, for a whole host (Amazon EC2 Dedicated Hosts Pricing).</summary>
    public const decimal Host = 1.1m;

    /// <summary>A data processing unit of Glue: four vCPUs with 16 GB (AWS Glue Pricing).</summary>
    public const decimal GlueUnit = 0.44m;

    /// <summary>A warm environment of Lambda with 128 MB, the smallest: what the function has, the call does not say (AWS Lambda Pricing, "Provisioned Concurrency").</summary>
    public const decimal WarmEnvironment = 0.125m * 0.0000041667m * 3600;

    /// <summary>A model unit of Bedrock without a commitment, of a model that stands in no list (Amazon Bedrock Pricing, "Provisioned Throughput": from 20 to 110).</summary>
    public const decimal ModelUnit = 30m;

    /// <summary>A vCPU of EC2 where the type is left to the service, as <c>optimal</c> of Batch does.</summary>
    public const decimal Vcpu = 0.048m;

    // Amazon Bedrock Pricing, "Provisioned Throughput", no commitment.
    private static readonly (string Model, decimal Price)[] Models =
        [("anthropic.claude-instant", 44m), ("anthropic.claude", 70m), ("amazon.titan", 20.5m), ("meta.llama", 24m), ("cohere.command", 49.5m), ("stability.", 49.86m)];

    // Amazon Lightsail Pricing, per month, divided by the hours after which no more is asked for.
    private static readonly FrozenDictionary<string, decimal> Bundles = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase)
    {
        ["nano"] = 0.0067m,
        ["micro"] = 0.0094m,
        ["small"] = 0.0161m,
        ["medium"] = 0.0323m,
        ["large"] = 0.0591m,
        ["xlarge"] = 0.1129m,
        ["2xlarge"] = 0.2204m,
        ["4xlarge"] = 0.516m,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // AWS CodeBuild Pricing, Linux, per minute.
    private static readonly FrozenDictionary<string, decimal> Builds = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase)
    {
        ["BUILD_GENERAL1_SMALL"] = 60 * 0.005m,
        ["BUILD_GENERAL1_MEDIUM"] = 60 * 0.01m,
        ["BUILD_GENERAL1_LARGE"] = 60 * 0.02m,
        ["BUILD_GENERAL1_XLARGE"] = 60 * 0.1m,
        ["BUILD_GENERAL1_2XLARGE"] = 60 * 0.2m,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // AWS CodeBuild Pricing, Linux GPU, per minute.
    private const decimal SmallAcceleratedBuild = 60 * 0.16m;
    private const decimal LargeAcceleratedBuild = 60 * 0.65m;

    /// <summary>A machine of EC2 that a service rents out as one of its own; null for what is no type.</summary>
    /// <param name="type">The type, also as SageMaker spells it: <c>ml.g5.xlarge</c>.</param>
    /// <param name="service">The service's price for one dollar of EC2's.</param>
    /// <param name="isEstimated">Whether EC2's price was estimated from the size.</param>
    public static decimal? Machine(string? type, decimal service, out bool isEstimated) =>
        Prices.Machine(type?.StartsWith("ml.", StringComparison.OrdinalIgnoreCase) is true ? type[3..] : type, out isEstimated) * service;

    /// <summary>A vCPU of the cheapest of several types or families.</summary>
    public static decimal VcpuOf(IEnumerable<string> types)
    {
        decimal? cheapest = null;
        foreach (var type in types)
        {
            var sized = type.Contains('.', StringComparison.Ordinal) ? type : $"{type}.xlarge";
            if (InstanceTypes.Vcpus(sized) is { } vcpus and > 0 && Prices.Machine(sized, out _) is { } price)
                cheapest = Math.Min(cheapest ?? decimal.MaxValue, price / vcpus);
        }

        return cheapest ?? Vcpu;
    }

    /// <summary>A whole host for machines of a type or family: what its largest machine costs, and a part on top.</summary>
    public static decimal? WholeHost(string? type, string? family) =>
        (family ?? InstanceTypes.Family(type)) is { Length: > 0 and <= 32 } name ? Prices.Machine($"{name}.metal", out _) * Host : null;

    /// <summary>A size of Lightsail, such as <c>2xlarge_3_0</c>; null for one that is not known, such as those with accelerators.</summary>
    public static decimal? Bundle(string? bundle) =>
        bundle is { Length: <= 64 } ? bundle.Split('_').Select(part => Bundles.TryGetValue(part, out var price) ? price : (decimal?)null).FirstOrDefault(price => price is not null) : null;

    /// <summary>A build of CodeBuild while it runs.</summary>
    public static decimal? Build(string? environment, string? size) =>
        environment?.Contains("GPU", StringComparison.OrdinalIgnoreCase) is true
            ? size?.EndsWith("SMALL", StringComparison.OrdinalIgnoreCase) is true ? SmallAcceleratedBuild : LargeAcceleratedBuild
            : size is not null && Builds.TryGetValue(size, out var price) ? price : null;

    /// <summary>A model unit of Bedrock without a commitment.</summary>
    public static decimal Unit(string? model, out bool isEstimated)
    {
        var known = Models.FirstOrDefault(one => model?.Contains(one.Model, StringComparison.OrdinalIgnoreCase) is true);
        isEstimated = known.Model is null;
        return known.Model is null ? ModelUnit : known.Price;
    }

    /// <summary>How many data processing units a worker of Glue is (AWS Glue API, "Jobs", WorkerType); one for the types that older calls leave out.</summary>
    public static decimal GlueUnits(string? worker) => worker?.ToUpperInvariant() switch
    {
        "G.025X" => 0.25m,
        "G.2X" or "Z.2X" or "R.2X" => 2,
        "G.4X" or "R.4X" => 4,
        "G.8X" or "R.8X" => 8,
        "G.12X" => 12,
        "G.16X" => 16,
        _ => 1,
    };
}
