using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using ResponseKit.Testing;

namespace ResponseKit.StandIns.Tests.RoundTrips;

public sealed class AutoScalingRoundTrips(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task Suspends_and_empties_a_group()
    {
        using var account = emulator.NewAccount();
        var autoScaling = account.Admin.AutoScaling("us-east-1");
        await autoScaling.CreateLaunchConfigurationAsync(new CreateLaunchConfigurationRequest
        {
            LaunchConfigurationName = "lc",
            ImageId = "ami-12c6146b",
            InstanceType = "t2.micro",
        });
        await autoScaling.CreateAutoScalingGroupAsync(new CreateAutoScalingGroupRequest
        {
            AutoScalingGroupName = "g",
            LaunchConfigurationName = "lc",
            MinSize = 2,
            MaxSize = 2,
            AvailabilityZones = ["us-east-1a"],
        });

        await autoScaling.SuspendProcessesAsync(new SuspendProcessesRequest { AutoScalingGroupName = "g", ScalingProcesses = ["Launch"] });
        var before = Assert.Single((await autoScaling.DescribeAutoScalingGroupsAsync()).AutoScalingGroups);
        await autoScaling.UpdateAutoScalingGroupAsync(
            new UpdateAutoScalingGroupRequest { AutoScalingGroupName = "g", MinSize = 0, MaxSize = 0, DesiredCapacity = 0 });
        var after = await autoScaling.Paginators.DescribeAutoScalingGroups(new DescribeAutoScalingGroupsRequest { AutoScalingGroupNames = ["g"] })
            .AutoScalingGroups.SingleAsync();

        Assert.Equal("Launch", Assert.Single(before.SuspendedProcesses).ProcessName);
        Assert.Equal(2, before.Instances.Count);
        Assert.All(before.Instances, i => Assert.Equal(LifecycleState.InService, i.LifecycleState));
        Assert.Null(before.Tags);
        Assert.Equal(0, after.MaxSize);
    }
}
