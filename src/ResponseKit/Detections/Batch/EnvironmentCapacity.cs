using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Detections.Ec2;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Batch;

/// <summary>How much a compute environment may launch, read from a call that creates or changes one.</summary>
/// <param name="Weight">What is remarkable about it weighs; zero where nothing is.</param>
/// <param name="Description">For a sentence, with a space in front; empty where nothing is known.</param>
/// <param name="Types">The instance types or families that are named.</param>
/// <param name="Vcpus">The most vCPUs that may run at once, or null where the call does not say.</param>
internal sealed record EnvironmentCapacity(int Weight, string Description, ImmutableArray<string> Types, long? Vcpus)
{
    private const int AcceleratedWeight = 17;
    private const int LargeWeight = 10;
    private const int VeryLargeWeight = 20;

    // The console proposes 256 vCPUs, so a limit is remarkable from sixteen remarkable instances on.
    private const long LargeFactor = 16;

    /// <summary>Reads and judges the call.</summary>
    public static EnvironmentCapacity Of(Field request, DetectionSettings settings)
    {
        var resources = request.Any("computeResources");
        ImmutableArray<string> types = [.. resources.Any("instanceTypes").List.Select(type => type.Text).OfType<string>().Take(200)];
        var accelerated = types.Length > 0
            && types.All(type => InstanceTypes.IsAccelerated(WithSize(type))) && !types.All(type => InstanceTypes.IsApproved(WithSize(type), settings));
        var vcpus = resources.Any("maxvCpus").Number ?? request.Any("unmanagedvCpus").Number;
        var large = LargeFactor * Math.Max(settings.LaunchVcpus, 1);
        return new(
            (accelerated ? AcceleratedWeight : 0) + (vcpus >= 4 * large ? VeryLargeWeight : vcpus >= large ? LargeWeight : 0),
            (vcpus is null ? "" : string.Create(CultureInfo.InvariantCulture, $" of up to {vcpus} vCPUs")) + (accelerated ? " (accelerated hardware)" : ""),
            types,
            vcpus);
    }

    /// <summary>Adds what was read to a finding.</summary>
    public Finding AddTo(Finding finding) => finding
        .With("instanceTypes", Types.Length == 0 ? null : string.Join(", ", Types))
        .With("maxvCpus", Vcpus?.ToString(CultureInfo.InvariantCulture));

    // Batch also takes a whole family: "g5".
    private static string WithSize(string type) => type.Contains('.') ? type : type + ".";
}
