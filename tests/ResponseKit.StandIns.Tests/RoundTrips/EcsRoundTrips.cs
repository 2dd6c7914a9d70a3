using Amazon.ECS;
using Amazon.ECS.Model;
using ResponseKit.Testing;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.StandIns.Tests.RoundTrips;

public sealed class EcsRoundTrips(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task Makes_an_Express_service_tells_who_manages_it_and_deletes_it()
    {
        using var account = emulator.NewAccount();
        var ecs = account.Admin.Ecs("us-east-1");
        var made = await ecs.CreateExpressGatewayServiceAsync(new CreateExpressGatewayServiceRequest
        {
            ServiceName = "w",
            ExecutionRoleArn = $"arn:aws:iam::{account.Id}:role/execution",
            InfrastructureRoleArn = $"arn:aws:iam::{account.Id}:role/infrastructure",
            PrimaryContainer = new ExpressGatewayContainer { Image = "example/web:1" },
            ScalingTarget = new ExpressGatewayScalingTarget { MinTaskCount = 1 },
        });
        var described = await ecs.DescribeServicesAsync(new DescribeServicesRequest { Cluster = "default", Services = ["w"] });
        await ecs.DeleteExpressGatewayServiceAsync(new DeleteExpressGatewayServiceRequest { ServiceArn = made.Service.ServiceArn });

        Assert.EndsWith(":service/default/w", made.Service.ServiceArn, StringComparison.Ordinal);
        Assert.Equal(ResourceManagementType.ECS, Assert.Single(described.Services).ResourceManagementType);
        Assert.Empty((await ecs.ListTasksAsync(new ListTasksRequest { Cluster = "default" })).TaskArns ?? []);
    }

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
