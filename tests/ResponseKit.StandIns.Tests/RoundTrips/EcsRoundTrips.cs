using Amazon.ECS.Model;
using ResponseKit.Testing;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.StandIns.Tests.RoundTrips;

public sealed class EcsRoundTrips(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task Runs_a_service_stops_it_and_deletes_it_with_its_cluster()
    {
        using var account = emulator.NewAccount();
        var ecs = account.Admin.Ecs("us-east-1");
        await ecs.CreateClusterAsync(new CreateClusterRequest { ClusterName = "miners" });
        var definition = await ecs.RegisterTaskDefinitionAsync(new RegisterTaskDefinitionRequest
        {
            Family = "xmrig",
            ContainerDefinitions = [new ContainerDefinition { Name = "xmrig", Image = "x", Memory = 64, Environment = [new() { Name = "A", Value = "b" }] }],
        });
        await ecs.CreateServiceAsync(new CreateServiceRequest { Cluster = "miners", ServiceName = "s", TaskDefinition = "xmrig", DesiredCount = 1 });

        var refusal = await Assert.ThrowsAsync<ClusterContainsServicesException>(
            () => ecs.DeleteClusterAsync(new DeleteClusterRequest { Cluster = "miners" }));
        await ecs.UpdateServiceAsync(new UpdateServiceRequest { Cluster = "miners", Service = "s", DesiredCount = 0 });
        var described = await ecs.DescribeServicesAsync(new DescribeServicesRequest { Cluster = "miners", Services = ["s", "other"] });
        await ecs.DeleteServiceAsync(new DeleteServiceRequest { Cluster = "miners", Service = "s", Force = true });

        Assert.Equal("b", definition.TaskDefinition.ContainerDefinitions[0].Environment[0].Value);
        Assert.Equal("ClusterContainsServicesException", refusal.ErrorCode);
        Assert.Equal(0, Assert.Single(described.Services).DesiredCount);
        Assert.Equal("MISSING", Assert.Single(described.Failures).Reason);
    }
}
