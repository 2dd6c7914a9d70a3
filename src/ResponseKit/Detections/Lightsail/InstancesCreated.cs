using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Lightsail;

/// <summary>Virtual servers of Lightsail, which EC2's rules and consoles do not show.</summary>
public sealed class InstancesCreated : IConfiguredDetection
{
    private const int OrdinaryWeight = 3;
    private const int LargeWeight = 10;
    private const int AcceleratedWeight = 20;
    private const int ManyWeight = 15;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "lightsail.instances-created",
        Title = "Lightsail instances created",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CreateCloudInstance, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Lightsail, "CreateInstances", "CreateInstancesFromSnapshot")],
        Why = "Lightsail has quotas of its own and is seldom watched; AWS's quarantine policy forbids it to exposed keys for that reason.",
        BenignCauses = ["A small site or blog of the organization", "A course"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var bundle = record.Request.Any("bundleId").Text;
        var names = record.Request.Any("instanceNames");
        var count = Math.Max(1, names.List.Count());
        var isAccelerated = bundle?.StartsWith("gpu_", StringComparison.OrdinalIgnoreCase) is true;
        var isMany = count >= settings.LaunchCount;
        var weight = (isAccelerated ? AcceleratedWeight : IsLarge(bundle) ? LargeWeight : 0) + (isMany ? ManyWeight : 0);

        var what = (names.IsPresent ? string.Create(CultureInfo.InvariantCulture, $"{count} Lightsail {(count == 1 ? "instance" : "instances")}") : "Lightsail instances")
            + (bundle is null ? "" : $" of the size {Plain.Name(bundle)}");
        return Attempt.Third(Math.Max(weight, OrdinaryWeight)).Finding(record, "created", "create", what)
            ?.With("bundleId", bundle)
            .With("count", count.ToString(CultureInfo.InvariantCulture))
            .With("availabilityZone", record.Request.Any("availabilityZone").Text);
    }

    // Sizes are named as in "2xlarge_3_0", "2xlarge_win_3_0", "c_4xlarge_1_0": from 2xlarge on, eight vCPUs and more.
    private static bool IsLarge(string? bundle) =>
        bundle is { Length: <= 64 } && bundle.Split('_').Any(part => part.EndsWith("xlarge", StringComparison.OrdinalIgnoreCase) && part.Length > "xlarge".Length);

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("one small instance", EventSources.Lightsail, "CreateInstances",
            """{"instanceNames":["blog"],"availabilityZone":"us-east-1a","blueprintId":"wordpress","bundleId":"nano_3_0"}"""),
        DetectionExample.Match("a large instance", EventSources.Lightsail, "CreateInstances",
            """{"instanceNames":["w"],"availabilityZone":"us-east-1a","blueprintId":"ubuntu_24_04","bundleId":"2xlarge_3_0"}"""),
        DetectionExample.Match("ten at once", EventSources.Lightsail, "CreateInstances",
            """{"instanceNames":["a","b","c","d","e","f","g","h","i","j"],"blueprintId":"ubuntu_24_04","bundleId":"c_4xlarge_1_0"}"""),
        DetectionExample.Match("an instance with a graphics card", EventSources.Lightsail, "CreateInstancesFromSnapshot",
            """{"instanceNames":["w"],"instanceSnapshotName":"w-1","bundleId":"gpu_nvidia_xl_1_0"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Lightsail, "CreateInstances", errorCode: "AccessDenied"),
        DetectionExample.Ignore("one small instance in a zone that does not exist", EventSources.Lightsail, "CreateInstances",
            """{"instanceNames":["blog"],"availabilityZone":"us-east-1z","bundleId":"nano_3_0"}""", "InvalidInputException"),
    ];
}
