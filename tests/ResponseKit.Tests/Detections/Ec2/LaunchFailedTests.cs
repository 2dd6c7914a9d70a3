using ResponseKit.Detections;
using ResponseKit.Detections.Ec2;

namespace ResponseKit.Tests.Detections.Ec2;

public sealed class LaunchFailedTests
{
    [Theory]
    [InlineData("Client.VcpuLimitExceeded")]
    [InlineData("Client.InstanceLimitExceeded")]
    [InlineData("Client.MaxSpotInstanceCountExceeded")]
    [InlineData("Client.PendingVerification")]
    [InlineData("Client.OptInRequired")]
    [InlineData("Client.Blocked")]
    [InlineData("Client.Unsupported")]
    public void Exactly_one_detection_speaks_of_a_launch_that_was_turned_away(string errorCode)
    {
        foreach (var type in new[] { "t3.micro", "g5.12xlarge" })
        {
            var record = DetectionExample.Match(
                "x", "ec2.amazonaws.com", "RunInstances",
                $$"""{"instancesSet":{"items":[{"minCount":1,"maxCount":1}]},"instanceType":"{{type}}","disableApiTermination":true}""", errorCode).Record();
            var speaking = DetectionCatalogue.All.Where(detection => detection.Look(record) is not null).Select(detection => detection.Descriptor.Id);
            Assert.Equal([type == "t3.micro" ? "ec2.launch-failed" : "ec2.costly-launch"], speaking);
        }
    }

    [Fact]
    public void An_account_that_may_not_launch_weighs_more_than_a_region_without_capacity()
    {
        Assert.True(Weight("Client.PendingVerification") > Weight("Client.VcpuLimitExceeded"));
        Assert.True(Weight("Client.VcpuLimitExceeded") > Weight("Client.Unsupported"));
    }

    [Theory]
    [InlineData("Client.InsufficientInstanceCapacity")]
    [InlineData("Server.InsufficientInstanceCapacity")]
    [InlineData("InsufficientInstanceCapacity")]
    [InlineData("Server.InsufficientHostCapacity")]
    [InlineData("Server.InsufficientReservedInstanceCapacity")]
    public void A_shortage_of_machines_says_next_to_nothing_of_the_caller(string errorCode)
    {
        // Rights and quota were there. Of an ordinary launch nothing is said, of a costly one only what was wanted.
        Assert.Equal(0, Weight(errorCode));
        var costly = DetectionExample.Match(
            "x", "ec2.amazonaws.com", "RunInstances", """{"instancesSet":{"items":[{"minCount":8,"maxCount":8}]},"instanceType":"p4d.24xlarge"}""", errorCode);
        var findings = DetectionCatalogue.All.Select(detection => detection.Look(costly.Record())).OfType<Finding>();
        Assert.Equal(1, Assert.Single(findings).Weight);
    }

    [Fact]
    public void Throttling_is_no_quota() => Assert.Equal(0, Weight("Client.RequestLimitExceeded"));

    private static int Weight(string errorCode) =>
        new LaunchFailed().Look(DetectionExample.Match("x", "ec2.amazonaws.com", "RunInstances", """{"instanceType":"t3.micro"}""", errorCode).Record())?.Weight ?? 0;
}
