using System.Collections.Immutable;
using ResponseKit.Detections.Costs;
using ResponseKit.Records;

namespace ResponseKit.Detections.Lightsail;

/// <summary>Instances of Lightsail, whatever they are: what they cost is added up.</summary>
public sealed class InstancesRunning : IDetection
{
    // Those with accelerators are new and stand in no list; what EC2 asks for the smallest of its own.
    private const decimal Accelerated = 0.526m;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "lightsail.instances-running",
        Title = "Lightsail instances run, at their price",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CreateCloudInstance, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Lightsail, "CreateInstances", "CreateInstancesFromSnapshot")],
        Why = "A monthly price hides what twenty of them in each region burn. It weighs nothing by itself.",
        BenignCauses = ["Everybody who hosts with Lightsail"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var bundle = record.Request.Any("bundleId").Text;
        if (!Amounts.Counts(record) || bundle is null)
            return null;
        var count = Math.Max(1, Math.Min(Amounts.Most, record.Request.Any("instanceNames").List.LongCount()));
        var price = ServicePrices.Bundle(bundle) ?? (bundle.StartsWith("gpu_", StringComparison.OrdinalIgnoreCase) ? Accelerated : Prices.UnknownMachine);
        return new Finding(0, $"created {Amounts.Text(count, "Lightsail instance")} of the size {Plain.Name(bundle)}, {Dollars.AnHour(price * count)}")
        {
            Cost = new Cost(price * count) { IsEstimated = ServicePrices.Bundle(bundle) is null },
        };
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("one small instance", EventSources.Lightsail, "CreateInstances", """{"instanceNames":["blog"],"bundleId":"nano_3_0"}"""),
        DetectionExample.Match("two large ones", EventSources.Lightsail, "CreateInstances", """{"instanceNames":["a","b"],"bundleId":"c_4xlarge_1_0"}"""),
        DetectionExample.Match("one with a graphics card", EventSources.Lightsail, "CreateInstancesFromSnapshot", """{"instanceNames":["w"],"bundleId":"gpu_nvidia_xl_1_0"}"""),
        DetectionExample.Ignore("a refused call", EventSources.Lightsail, "CreateInstances", """{"instanceNames":["a"],"bundleId":"nano_3_0"}""", "AccessDenied"),
    ];
}
