using System.Collections.Immutable;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>A launch, or what prepares one, tried with DryRun: a free test of what a stolen key may do.</summary>
public sealed class LaunchDryRun : IConfiguredDetection
{
    private static readonly Attempt Ordinary = new(Success: 0, DryRun: 6);
    private static readonly Attempt Costly = new(Success: 0, DryRun: 14);

    private static readonly string[] Calls =
    [
        "RunInstances", "StartInstances", "RequestSpotInstances", "RequestSpotFleet", "CreateFleet", "CreateLaunchTemplate", "CreateKeyPair",
        "CreateSecurityGroup", "ModifyInstanceAttribute",
    ];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.launch-dry-run",
        Title = "EC2 launch tried out with DryRun",
        Category = SignalCategory.PermissionProbing,
        Techniques = [Techniques.CloudInfrastructureDiscovery],
        Selectors = [Selector.Writes(EventSources.Ec2, Calls)],
        Why = "DryRun answers whether a launch would be allowed without launching. The November 2025 mining campaign began so, minutes before it mined.",
        BenignCauses = ["Karpenter validating its node classes", "Deployment tools that check permissions first", "Amazon Bedrock AgentCore"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        // EKS validates node groups so, in the name of whoever creates them.
        if (Delegation.IsByService(record))
            return null;
        var order = LaunchOrder.Of(record);
        var cost = LaunchCost.Of(order, settings);
        var what = $"EC2 {Plain.Name(record.EventName)}{(cost is null ? "" : $" for {cost.Description}")}";
        return (cost is null ? Ordinary : Costly).Finding(record, "called", "call", what)?.AllowedBy(cost?.Allowed)
            .With("instanceType", order.Types.FirstOrDefault());
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a launch that would be allowed", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"imageId":"ami-0a1b2c3d4e5f60718","minCount":1,"maxCount":1}]},"instanceType":"t3.micro"}""",
            "Client.DryRunOperation"),
        .. Calls.Select(call => DetectionExample.Match($"a dry run of {call}", EventSources.Ec2, call, "{}", "Client.DryRunOperation")),
        DetectionExample.Ignore("a launch that a service validates on the user's behalf", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"minCount":1,"maxCount":1}]},"launchTemplate":{"launchTemplateName":"eks-nodes"}}""",
            "Client.DryRunOperation") with { InvokedBy = "eks-nodegroup.amazonaws.com" },
        DetectionExample.Ignore("a launch that was done", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"imageId":"ami-0a1b2c3d4e5f60718","minCount":1,"maxCount":1}]},"instanceType":"t3.micro"}"""),
        DetectionExample.Ignore("a launch that was refused", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"imageId":"ami-0a1b2c3d4e5f60718","minCount":1,"maxCount":1}]},"instanceType":"t3.micro"}""",
            "Client.UnauthorizedOperation"),
        DetectionExample.Ignore("a launch with a wrong parameter", EventSources.Ec2, "RunInstances", "{}", "Client.InvalidParameterValue"),
    ];
}
