using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.ServiceQuotas.Model;
using ResponseKit.StandIns.Tests.Wire;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.StandIns.Tests;

public sealed class JsonProtocolTests
{
    [Fact]
    public async Task A_call_names_its_operation_in_a_header()
    {
        await using var server = new AnsweringServer(Answer.Json("{}"));
        using var ecs = server.Ecs();

        await ecs.UpdateServiceAsync(new UpdateServiceRequest { Cluster = "c", Service = "s", DesiredCount = 0, ForceNewDeployment = false });

        Assert.Equal("AmazonEC2ContainerServiceV20141113.UpdateService", server.Request.Headers["X-Amz-Target"]);
        Assert.Equal("application/x-amz-json-1.1", server.Request.Headers["Content-Type"]);
        Assert.Equal("""{"cluster":"c","service":"s","desiredCount":0,"forceNewDeployment":false}""", server.Request.Text);
    }

    [Fact]
    public async Task Lists_maps_and_structures_nest()
    {
        await using var server = new AnsweringServer(Answer.Json("{}"));
        using var ecs = server.Ecs();

        await ecs.RegisterTaskDefinitionAsync(new RegisterTaskDefinitionRequest
        {
            Family = "f",
            ContainerDefinitions =
            [
                new ContainerDefinition { Name = "n", DockerLabels = new() { ["Keep-Case"] = "v" }, Command = [] },
            ],
        });

        Assert.Equal(
            """{"family":"f","containerDefinitions":[{"name":"n","command":[],"dockerLabels":{"Keep-Case":"v"}}]}""", server.Request.Text);
    }

    [Fact]
    public async Task Reads_numbers_epoch_dates_and_empty_lists()
    {
        await using var server = new AnsweringServer(new Answer(200, "application/x-amz-json-1.1", """
            {"services":[{"serviceName":"s","desiredCount":3,"createdAt":1777636800.25,"launchType":"FARGATE","unheardOf":{"a":[1]},"events":null}],"failures":[]}
            """u8.ToArray())
        { Headers = new() { ["x-amzn-RequestId"] = "req-3" } });
        using var ecs = server.Ecs();

        var answer = await ecs.DescribeServicesAsync(new DescribeServicesRequest { Services = ["s"] });

        var service = Assert.Single(answer.Services);
        Assert.Equal(3, service.DesiredCount);
        Assert.Equal(LaunchType.FARGATE, service.LaunchType);
        Assert.Equal(new DateTime(2026, 5, 1, 12, 0, 0, 250, DateTimeKind.Utc), service.CreatedAt);
        Assert.Equal(DateTimeKind.Utc, service.CreatedAt!.Value.Kind);
        Assert.Null(service.Events);
        Assert.Null(service.RunningCount);
        Assert.Empty(answer.Failures);
        Assert.Equal("req-3", answer.ResponseMetadata.RequestId);
    }

    [Fact]
    public async Task Reads_a_quota()
    {
        await using var server = new AnsweringServer(Answer.Json("""{"Quota":{"QuotaCode":"L-1216C47A","Value":5.0,"Adjustable":true}}"""));
        using var quotas = server.Quotas();

        var answer = await quotas.GetServiceQuotaAsync(new GetServiceQuotaRequest { ServiceCode = "ec2", QuotaCode = "L-1216C47A" });

        Assert.Equal("ServiceQuotasV20190624.GetServiceQuota", server.Request.Headers["X-Amz-Target"]);
        Assert.Equal(5.0, answer.Quota.Value);
    }
}
