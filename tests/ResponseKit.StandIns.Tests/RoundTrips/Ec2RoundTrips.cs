using Amazon.EC2;
using Amazon.EC2.Model;
using ResponseKit.Testing;

namespace ResponseKit.StandIns.Tests.RoundTrips;

public sealed class Ec2RoundTrips(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task Launches_tags_protects_and_terminates_an_instance()
    {
        using var account = emulator.NewAccount();
        var ec2 = account.Admin.Ec2("eu-west-1");
        var launch = await ec2.RunInstancesAsync(new RunInstancesRequest("ami-12c6146b", 1, 1)
        {
            InstanceType = InstanceType.T2Micro,
            TagSpecifications = [new TagSpecification { ResourceType = ResourceType.Instance, Tags = [new Tag("case", "INC-42")] }],
        });
        var id = Assert.Single(launch.Reservation.Instances).InstanceId;

        await ec2.ModifyInstanceAttributeAsync(new ModifyInstanceAttributeRequest { InstanceId = id, DisableApiTermination = true });
        var attribute = await ec2.DescribeInstanceAttributeAsync(
            new DescribeInstanceAttributeRequest(id, InstanceAttributeName.DisableApiTermination));
        var refusal = await Assert.ThrowsAsync<AmazonEC2Exception>(() => ec2.TerminateInstancesAsync(new TerminateInstancesRequest([id])));
        await ec2.ModifyInstanceAttributeAsync(new ModifyInstanceAttributeRequest { InstanceId = id, DisableApiTermination = false });
        await ec2.TerminateInstancesAsync(new TerminateInstancesRequest([id]));
        var found = await ec2.Paginators.DescribeInstances(new DescribeInstancesRequest { Filters = [new Filter("tag:case", ["INC-42"])] })
            .Reservations.SelectMany(r => r.Instances).ToListAsync();

        Assert.True(attribute.InstanceAttribute.DisableApiTermination);
        Assert.Equal("OperationNotPermitted", refusal.ErrorCode);
        var instance = Assert.Single(found);
        Assert.Equal((id, "INC-42"), (instance.InstanceId, Assert.Single(instance.Tags).Value));
        Assert.Contains(instance.State.Name, new[] { InstanceStateName.ShuttingDown, InstanceStateName.Terminated });
    }

    [Fact]
    public async Task Requests_and_cancels_spot_instances()
    {
        using var account = emulator.NewAccount();
        var ec2 = account.Admin.Ec2("us-east-1");

        var made = await ec2.RequestSpotInstancesAsync(new RequestSpotInstancesRequest("0.05")
        {
            InstanceCount = 1,
            Type = SpotInstanceType.Persistent,
            LaunchSpecification = new LaunchSpecification { ImageId = "ami-12c6146b", InstanceType = InstanceType.T2Micro },
        });
        var id = Assert.Single(made.SpotInstanceRequests).SpotInstanceRequestId;
        var cancelled = await ec2.CancelSpotInstanceRequestsAsync(new CancelSpotInstanceRequestsRequest([id]));

        Assert.Equal(id, Assert.Single(cancelled.CancelledSpotInstanceRequests).SpotInstanceRequestId);
    }

    [Fact]
    public async Task Makes_a_fleet_from_a_launch_template_and_deletes_it()
    {
        using var account = emulator.NewAccount();
        var ec2 = account.Admin.Ec2("us-east-1");
        var template = await ec2.CreateLaunchTemplateAsync(new CreateLaunchTemplateRequest
        {
            LaunchTemplateName = "miner",
            LaunchTemplateData = new RequestLaunchTemplateData { ImageId = "ami-12c6146b", InstanceType = InstanceType.T2Micro },
        });
        var fleet = await ec2.CreateFleetAsync(new CreateFleetRequest
        {
            Type = FleetType.Maintain,
            LaunchTemplateConfigs =
            [
                new FleetLaunchTemplateConfigRequest
                {
                    LaunchTemplateSpecification = new FleetLaunchTemplateSpecificationRequest
                    {
                        LaunchTemplateId = template.LaunchTemplate.LaunchTemplateId,
                        Version = "1",
                    },
                },
            ],
            TargetCapacitySpecification = new TargetCapacitySpecificationRequest
            {
                TotalTargetCapacity = 1,
                DefaultTargetCapacityType = DefaultTargetCapacityType.OnDemand,
            },
        });

        var described = await ec2.DescribeFleetsAsync(new DescribeFleetsRequest { FleetIds = [fleet.FleetId] });
        var deleted = await ec2.DeleteFleetsAsync(new DeleteFleetsRequest { FleetIds = [fleet.FleetId], TerminateInstances = true });

        Assert.Equal(1, Assert.Single(described.Fleets).TargetCapacitySpecification.TotalTargetCapacity);
        Assert.Equal(fleet.FleetId, Assert.Single(deleted.SuccessfulFleetDeletions).FleetId);
    }
}
