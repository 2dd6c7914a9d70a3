using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Calls;

/// <summary>EC2 Auto Scaling's calls in one region; it answers most of them with nothing.</summary>
internal sealed class AutoScalingCalls(Stage stage, string region)
{
    private readonly Ec2Calls _ec2 = stage.Ec2(region);

    private Call Write(string name, object request) => new("autoscaling", name, region, request);

    public Call Read(string name, object? request = null) => Call.Read("autoscaling", name, region, request);

    public Call CreateGroup(string name, string template, int least, int most, int? desired = null, bool mixed = false) => Write("CreateAutoScalingGroup", new
    {
        autoScalingGroupName = name,
        launchTemplate = mixed ? null : new { launchTemplateId = template, version = "$Default" },
        mixedInstancesPolicy = mixed
            ? new
            {
                launchTemplate = new { launchTemplateSpecification = new { launchTemplateId = template, version = "$Default" } },
                instancesDistribution = new { onDemandBaseCapacity = 0, onDemandPercentageAboveBaseCapacity = 0, spotAllocationStrategy = "price-capacity-optimized" },
            }
            : null,
        minSize = least,
        maxSize = most,
        desiredCapacity = desired,
        vPCZoneIdentifier = $"{stage.Dice.Ec2Id("subnet")},{stage.Dice.Ec2Id("subnet")}",
    });

    public Call UpdateGroup(string name, int? least = null, int? most = null, int? desired = null) =>
        Write("UpdateAutoScalingGroup", new { autoScalingGroupName = name, minSize = least, maxSize = most, desiredCapacity = desired });

    public Call SetDesiredCapacity(string name, int desired) =>
        Write("SetDesiredCapacity", new { autoScalingGroupName = name, desiredCapacity = desired, honorCooldown = false });

    public Call DeleteGroup(string name) => Write("DeleteAutoScalingGroup", new { autoScalingGroupName = name, forceDelete = true });

    public Call Suspend(string name, params string[] processes) => Write("SuspendProcesses", new { autoScalingGroupName = name, scalingProcesses = processes });

    public Call Resume(string name, params string[] processes) => Write("ResumeProcesses", new { autoScalingGroupName = name, scalingProcesses = processes });

    public Call PutPolicy(string name, string policy) => Write("PutScalingPolicy", new
    {
        autoScalingGroupName = name,
        policyName = policy,
        policyType = "TargetTrackingScaling",
        targetTrackingConfiguration = new { predefinedMetricSpecification = new { predefinedMetricType = "ASGAverageCPUUtilization" }, targetValue = 60 },
    });

    /// <summary>Who launches and terminates for the groups.</summary>
    public Caller Service(DateTimeOffset now) =>
        stage.ServiceRole("autoscaling", "AutoScaling").AtWork("AutoScaling", now.AddSeconds(-stage.Dice.Between(1, 60)), "autoscaling.amazonaws.com");

    /// <summary>A launch for a group. Groups of several types launch through EC2 Fleet.</summary>
    public Call LaunchFor(string group, string template, string type, int count, out string[] instances, bool fleet = false)
    {
        var tags = new Dictionary<string, string> { ["aws:autoscaling:groupName"] = group };
        return _ec2.RunInstances(new(type, count) { Least = 1, Template = template, Fleet = fleet, Tags = tags }, out instances);
    }
}
