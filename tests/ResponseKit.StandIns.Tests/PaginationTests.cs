using Amazon.EC2.Model;
using Amazon.IdentityManagement.Model;
using ResponseKit.StandIns.Tests.Wire;

namespace ResponseKit.StandIns.Tests;

public sealed class PaginationTests
{
    private static readonly Answer First = Answer.Xml(
        "<R><reservationSet><item><reservationId>r-1</reservationId></item></reservationSet><nextToken>two</nextToken></R>");

    private static readonly Answer Empty = Answer.Xml("<R><reservationSet/><nextToken>three</nextToken></R>");

    private static readonly Answer Last = Answer.Xml(
        "<R><reservationSet><item><reservationId>r-3</reservationId></item></reservationSet><nextToken/></R>");

    [Fact]
    public async Task Follows_the_tokens_past_an_empty_page()
    {
        await using var server = new AnsweringServer(First, Empty, Last);
        using var ec2 = server.Ec2();

        var ids = await ec2.Paginators.DescribeInstances(new DescribeInstancesRequest()).Reservations.Select(r => r.ReservationId).ToListAsync();

        Assert.Equal(["r-1", "r-3"], ids);
        Assert.Equal([null, "two", "three"], server.Requests.Select(r => r.Fields.GetValueOrDefault("NextToken")));
    }

    [Fact]
    public async Task Gives_whole_responses_too()
    {
        await using var server = new AnsweringServer(First, Last);
        using var ec2 = server.Ec2();

        Assert.Equal(2, await ec2.Paginators.DescribeInstances(new DescribeInstancesRequest()).Responses.CountAsync());
    }

    [Fact]
    public async Task Starts_where_the_request_says()
    {
        await using var server = new AnsweringServer(Last);
        using var ec2 = server.Ec2();

        await ec2.Paginators.DescribeInstances(new DescribeInstancesRequest { NextToken = "three" }).Responses.CountAsync();

        Assert.Equal("three", server.Request.Fields["NextToken"]);
    }

    [Fact]
    public async Task Can_be_read_once()
    {
        await using var server = new AnsweringServer(Last);
        using var ec2 = server.Ec2();
        var pages = ec2.Paginators.DescribeInstances(new DescribeInstancesRequest()).Responses;
        await pages.CountAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await pages.CountAsync());
    }

    [Fact]
    public async Task Follows_markers()
    {
        await using var server = new AnsweringServer(
            Answer.Xml("<R><ListUsersResult><Users><member><UserName>a</UserName></member></Users><IsTruncated>true</IsTruncated><Marker>m</Marker></ListUsersResult></R>"),
            Answer.Xml("<R><ListUsersResult><Users><member><UserName>b</UserName></member></Users><IsTruncated>false</IsTruncated></ListUsersResult></R>"));
        using var iam = server.Iam();

        var names = await iam.Paginators.ListUsers(new ListUsersRequest()).Users.Select(u => u.UserName).ToListAsync();

        Assert.Equal(["a", "b"], names);
        Assert.Equal("m", server.Requests[1].Fields["Marker"]);
    }

    [Fact]
    public async Task Can_be_cancelled_between_pages()
    {
        await using var server = new AnsweringServer(First);
        using var ec2 = server.Ec2();
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in ec2.Paginators.DescribeInstances(new DescribeInstancesRequest()).Responses.WithCancellation(stop.Token))
            {
                await stop.CancelAsync();
            }
        });

        Assert.Single(server.Requests);
    }
}
