using ResponseKit.Detections;
using ResponseKit.Detections.Ec2;
using ResponseKit.Policy;

namespace ResponseKit.Tests.Detections.Ec2;

public sealed class CostlyLaunchTests
{
    [Fact]
    public void Twenty_accelerated_instances_weigh_more_than_one()
    {
        Assert.Equal(40, Weight("g5.xlarge", 20));
        Assert.Equal(25, Weight("g5.xlarge", 1));
        Assert.Equal(15, Weight("t3.micro", 20));
        Assert.Equal(0, Weight("t3.micro", 1));
    }

    [Fact]
    public void An_approved_family_does_not_count_and_says_why()
    {
        var settings = new DetectionSettings { ApprovedInstanceFamilies = ["g5"] };
        LaunchCost? Cost(string type) => LaunchCost.Of(LaunchOrder.For([type], 500), settings);
        Assert.Equal("the policy's approvedInstanceFamilies name g5.48xlarge", Cost("g5.48xlarge")?.Allowed);
        Assert.Null(LaunchCost.OfUnapproved(LaunchOrder.For(["g5.48xlarge"], 500), settings));
        Assert.Null(Assert.IsType<LaunchCost>(Cost("g6.48xlarge")).Allowed);
    }

    [Fact]
    public void Thresholds_come_from_the_settings()
    {
        Assert.Equal(0, Weight("m5.24xlarge", 1, new DetectionSettings { LaunchVcpus = 97 }));
        Assert.NotEqual(0, Weight("m5.24xlarge", 1, new DetectionSettings { LaunchVcpus = 96 }));
        Assert.Equal(0, Weight("t3.micro", 20, new DetectionSettings { LaunchCount = 21 }));
    }

    [Fact]
    public void Running_into_a_quota_weighs_more_than_a_mistake()
    {
        var quota = Weight("p3.16xlarge", 40, errorCode: "Client.VcpuLimitExceeded");
        Assert.True(quota > Weight("p3.16xlarge", 40, errorCode: "Client.InvalidSubnetID.NotFound"));
        Assert.True(quota < Weight("p3.16xlarge", 40));
    }

    [Fact]
    public void Counts_what_was_launched_rather_than_what_was_asked()
    {
        var example = DetectionExample.Match(
            "x", "ec2.amazonaws.com", "RunInstances",
            """{"instancesSet":{"items":[{"minCount":1,"maxCount":50}]},"instanceType":"t3.micro"}""",
            response: """{"instancesSet":{"items":[{"instanceId":"i-1","instanceType":"t3.micro"},{"instanceId":"i-2","instanceType":"t3.micro"}]}}""");
        Assert.Null(new CostlyLaunch().Look(example.Record()));
    }

    private static int Weight(string type, int count, DetectionSettings? settings = null, string? errorCode = null) =>
        new CostlyLaunch().Look(
            DetectionExample.Match(
                "x", "ec2.amazonaws.com", "RunInstances",
                $$"""{"instancesSet":{"items":[{"minCount":1,"maxCount":{{count}}}]},"instanceType":"{{type}}"}""", errorCode).Record(),
            settings)?.Weight ?? 0;
}
