using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>Instances that are protected against termination or stopping from their launch on.</summary>
public sealed class ProtectedLaunch : IDetection
{
    private const int FewWeight = 1;
    private const int ManyWeight = 12;
    private const int Few = 2;
    private const int LargeVcpus = 32;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.protected-launch",
        Title = "EC2 launch or launch template with termination or stop protection",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.ModifyComputeConfigurations],
        Selectors = [Selector.Writes(EventSources.Ec2, "RunInstances", "CreateLaunchTemplate", "CreateLaunchTemplateVersion")],
        Why = "Protected instances refuse TerminateInstances until each is unprotected in a call of its own, which EC2 throttles. Miners buy hours with it.",
        BenignCauses = ["Servers that must not be deleted by mistake: databases, domain controllers, licence servers", "A template for such servers"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        // Stop protection also keeps an instance from being terminated: EC2 User Guide, "Enable stop protection for your EC2 instances".
        var order = LaunchOrder.Of(record);
        var termination = IsSet(order.Data, "disableApiTermination", "DisableApiTermination");
        var stop = IsSet(order.Data, "disableApiStop", "DisableApiStop");
        if (!termination && !stop)
            return null;

        var kind = (termination, stop) switch
        {
            (true, true) => "termination and stop protection",
            (true, false) => "termination protection",
            _ => "stop protection",
        };
        // One or two modest servers are protected against mistakes; many, or costly ones, against responders.
        var isModest = order.Count <= Few
            && !order.Types.Any(type => InstanceTypes.IsAccelerated(type) || InstanceTypes.IsMetal(type) || InstanceTypes.Vcpus(type) >= LargeVcpus);
        var isLaunch = record.EventName == "RunInstances";
        var weight = new Attempt(isLaunch && isModest ? FewWeight : ManyWeight);
        var finding = isLaunch
            ? weight.Finding(record, "launched", "launch", $"instances with {kind}")
            : weight.Finding(record, "created", "create", $"a launch template with {kind}");
        return finding?.With("protection", kind);
    }

    private static bool IsSet(Field data, string inRequest, string inTemplate) => (data[inRequest].Flag ?? data[inTemplate].Flag) is true;

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a launch with termination protection", EventSources.Ec2, "RunInstances",
            """
            {"instancesSet":{"items":[{"imageId":"ami-0a1b2c3d4e5f60718","minCount":5,"maxCount":5}]},"instanceType":"c5.large",
            "disableApiTermination":true,"disableApiStop":false}
            """),
        DetectionExample.Match("a launch with stop protection", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"minCount":1,"maxCount":1}]},"disableApiTermination":false,"disableApiStop":true}"""),
        DetectionExample.Match("a launch template with both", EventSources.Ec2, "CreateLaunchTemplate",
            """
            {"CreateLaunchTemplateRequest":{"LaunchTemplateName":"worker","LaunchTemplateData":{"InstanceType":"c5.large",
            "DisableApiTermination":true,"DisableApiStop":true}}}
            """),
        DetectionExample.Ignore("a refused launch with protection, which hinders nobody", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"minCount":1,"maxCount":1}]},"disableApiTermination":true}""", "Client.UnauthorizedOperation"),
        DetectionExample.Ignore("a launch with protection that ran into the quota", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"minCount":1,"maxCount":1}]},"disableApiTermination":true}""", "Client.VcpuLimitExceeded"),
        DetectionExample.Ignore("an ordinary launch", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"minCount":1,"maxCount":1}]},"disableApiTermination":false,"disableApiStop":false}"""),
        DetectionExample.Ignore("an ordinary launch template version", EventSources.Ec2, "CreateLaunchTemplateVersion",
            """{"CreateLaunchTemplateVersionRequest":{"LaunchTemplateName":"web","LaunchTemplateData":{"DisableApiTermination":false}}}"""),
    ];
}
