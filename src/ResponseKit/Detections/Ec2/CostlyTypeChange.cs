using System.Collections.Immutable;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>An instance given another type that is accelerated or very large.</summary>
public sealed class CostlyTypeChange : IConfiguredDetection
{
    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.costly-type-change",
        Title = "Instance changed to an accelerated or very large type",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.ModifyComputeConfigurations, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Ec2, "ModifyInstanceAttribute")],
        Why = "A stopped instance can be made any machine and started again, past whoever watches launches.",
        BenignCauses = ["An administrator giving a server more power", "A scheduler that makes machines large by day and small by night"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        // Given by the attribute's name, the value is redacted, and nothing can be said of it.
        var type = record.Request["instanceType"]["value"].Text;
        if (LaunchCost.Of(LaunchOrder.For([type], 1), settings) is not { } cost || type is null)
            return null;
        var instance = record.Request["instanceId"].Text;
        // Dry runs belong to ec2.launch-dry-run.
        return (Attempt.Third(cost.Weight) with { DryRun = 0 })
            .Finding(record, "changed", "change", $"the type of the instance {Plain.Name(instance)} to {Plain.Name(type)}")
            ?.AllowedBy(cost.Allowed)
            .With("instanceId", instance)
            .With("instanceType", type);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("graphics cards", EventSources.Ec2, "ModifyInstanceAttribute",
            """{"instanceId":"i-0a1b2c3d4e5f60718","instanceType":{"value":"g5.48xlarge"}}"""),
        DetectionExample.Match("a refused attempt", EventSources.Ec2, "ModifyInstanceAttribute",
            """{"instanceId":"i-0a1b2c3d4e5f60718","instanceType":{"value":"c7a.48xlarge"}}""", "Client.UnauthorizedOperation"),
        DetectionExample.Ignore("a modest type", EventSources.Ec2, "ModifyInstanceAttribute",
            """{"instanceId":"i-0a1b2c3d4e5f60718","instanceType":{"value":"m6i.2xlarge"}}"""),
        DetectionExample.Ignore("a value that is redacted", EventSources.Ec2, "ModifyInstanceAttribute",
            """{"instanceId":"i-0a1b2c3d4e5f60718","attribute":"instanceType","value":"<sensitiveDataRemoved>"}"""),
        DetectionExample.Ignore("a dry run, of which another detection speaks", EventSources.Ec2, "ModifyInstanceAttribute",
            """{"instanceId":"i-0a1b2c3d4e5f60718","instanceType":{"value":"g5.48xlarge"}}""", "Client.DryRunOperation"),
    ];
}
