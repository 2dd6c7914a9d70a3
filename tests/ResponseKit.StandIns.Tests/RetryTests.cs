using System.Diagnostics;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.ECS.Model;
using Amazon.Runtime;
using ResponseKit.StandIns.Tests.Wire;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.StandIns.Tests;

public sealed class RetryTests
{
    private static readonly Answer Slow = Answer.Ec2Error("RequestLimitExceeded", "slow down", 503);
    private static readonly Answer Good = Answer.Xml("<R><regionInfo><item><regionName>eu-west-1</regionName></item></regionInfo></R>");

    [Fact]
    public async Task A_throttled_call_is_tried_again()
    {
        await using var server = new AnsweringServer(Slow, Good);
        using var ec2 = server.Ec2();

        var answer = await ec2.DescribeRegionsAsync();

        Assert.Equal("eu-west-1", Assert.Single(answer.Regions).RegionName);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task An_adaptive_client_tries_again_too()
    {
        // After a throttled call the adaptive policy holds back for long; a fault of the service shows that it is in force.
        await using var server = new AnsweringServer(Answer.Ec2Error("InternalError", "oops", 500), Good);
        using var ec2 = new AmazonEC2Client(Clients.Key, server.Configure(new AmazonEC2Config { RetryMode = RequestRetryMode.Adaptive }));

        Assert.Single((await ec2.DescribeRegionsAsync()).Regions);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Tries_end_with_the_configured_number()
    {
        await using var server = new AnsweringServer(Slow);
        var config = server.Configure(new AmazonEC2Config());
        config.MaxErrorRetry = 2;
        using var ec2 = new AmazonEC2Client(Clients.Key, config);

        var error = await Assert.ThrowsAsync<AmazonEC2Exception>(() => ec2.DescribeRegionsAsync());

        Assert.Equal("RequestLimitExceeded", error.ErrorCode);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_json_call_is_tried_again_after_a_fault_of_the_service()
    {
        await using var server = new AnsweringServer(
            Answer.Json("""{"__type":"ServerException","message":"oops"}""", 500), Answer.Json("""{"clusterArns":[]}"""));
        using var ecs = server.Ecs();

        Assert.Empty((await ecs.ListClustersAsync(new ListClustersRequest())).ClusterArns);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_refusal_is_not_tried_again()
    {
        await using var server = new AnsweringServer(Answer.Ec2Error("UnauthorizedOperation", "no", 403));
        using var ec2 = server.Ec2();

        await Assert.ThrowsAsync<AmazonEC2Exception>(() => ec2.DescribeRegionsAsync());

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_token_that_the_caller_left_out_is_made_once_for_all_tries()
    {
        await using var server = new AnsweringServer(Slow, Answer.Xml("<R/>"));
        using var ec2 = server.Ec2();

        await ec2.RunInstancesAsync(new RunInstancesRequest("ami-1", 1, 1));

        var tokens = server.Requests.Select(r => r.Fields["ClientToken"]).ToArray();
        Assert.Equal(2, tokens.Length);
        Assert.True(Guid.TryParse(Assert.Single(tokens.Distinct()), out _));
    }

    [Fact]
    public async Task A_token_of_the_callers_is_kept()
    {
        await using var server = new AnsweringServer(Answer.Xml("<R/>"));
        using var ec2 = server.Ec2();

        await ec2.RunInstancesAsync(new RunInstancesRequest("ami-1", 1, 1) { ClientToken = "mine" });

        Assert.Equal("mine", server.Request.Fields["ClientToken"]);
    }

    [Fact]
    public async Task Cancelling_ends_a_call_under_way()
    {
        await using var server = new AnsweringServer(Good with { Delay = TimeSpan.FromSeconds(2) });
        using var ec2 = server.Ec2();
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var clock = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ec2.DescribeRegionsAsync(soon.Token));

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1.5), $"it took {clock.Elapsed}");
    }
}
