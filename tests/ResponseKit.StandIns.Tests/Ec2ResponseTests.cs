using Amazon.EC2;
using Amazon.EC2.Model;
using ResponseKit.StandIns.Tests.Wire;

namespace ResponseKit.StandIns.Tests;

public sealed class Ec2ResponseTests
{
    [Fact]
    public async Task Reads_nested_lists_constants_numbers_and_dates()
    {
        await using var server = new AnsweringServer(Answer.Xml("""
            <?xml version="1.0" encoding="UTF-8"?>
            <DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
              <requestId>req-1</requestId>
              <reservationSet><item>
                <reservationId>r-1</reservationId>
                <somethingNew><item><a>1</a></item></somethingNew>
                <instancesSet><item>
                  <instanceId>i-1</instanceId>
                  <instanceState><code>32</code><name>shutting-down</name></instanceState>
                  <launchTime>2026-05-01T12:00:00.000Z</launchTime>
                  <ebsOptimized>true</ebsOptimized>
                  <tagSet><item><key>a</key><value/></item></tagSet>
                </item></instancesSet>
              </item></reservationSet>
              <nextToken>more</nextToken>
            </DescribeInstancesResponse>
            """.Trim()));
        using var ec2 = server.Ec2();

        var answer = await ec2.DescribeInstancesAsync();

        var instance = Assert.Single(Assert.Single(answer.Reservations).Instances);
        Assert.Equal("i-1", instance.InstanceId);
        Assert.Equal(InstanceStateName.ShuttingDown, instance.State.Name);
        Assert.Equal(32, instance.State.Code);
        Assert.Equal(new DateTime(2026, 5, 1, 12, 0, 0, DateTimeKind.Utc), instance.LaunchTime);
        Assert.Equal(DateTimeKind.Utc, instance.LaunchTime!.Value.Kind);
        Assert.True(instance.EbsOptimized);
        Assert.Equal(("a", ""), (instance.Tags[0].Key, instance.Tags[0].Value));
        Assert.Equal("more", answer.NextToken);
        Assert.Equal("req-1", answer.ResponseMetadata.RequestId);
    }

    [Theory]
    [InlineData("<reservationSet/>")]
    [InlineData("<reservationSet></reservationSet>")]
    [InlineData("")]
    public async Task A_list_without_items_is_null(string list)
    {
        await using var server = new AnsweringServer(Answer.Xml($"<DescribeInstancesResponse>{list}</DescribeInstancesResponse>"));
        using var ec2 = server.Ec2();

        Assert.Null((await ec2.DescribeInstancesAsync()).Reservations);
    }

    [Fact]
    public async Task What_is_not_in_the_answer_is_null_and_not_false_or_zero()
    {
        await using var server = new AnsweringServer(Answer.Xml(
            "<DescribeInstanceAttributeResponse><instanceId>i-1</instanceId><disableApiStop/></DescribeInstanceAttributeResponse>"));
        using var ec2 = server.Ec2();

        var answer = await ec2.DescribeInstanceAttributeAsync(new DescribeInstanceAttributeRequest("i-1", "disableApiTermination"));

        Assert.Equal("i-1", answer.InstanceAttribute.InstanceId);
        Assert.Null(answer.InstanceAttribute.DisableApiTermination);
        Assert.Null(answer.InstanceAttribute.DisableApiStop);
    }

    [Fact]
    public async Task Reads_an_attribute_from_the_structure_around_it()
    {
        await using var server = new AnsweringServer(Answer.Xml(
            "<DescribeInstanceAttributeResponse><disableApiTermination><value>true</value></disableApiTermination></DescribeInstanceAttributeResponse>"));
        using var ec2 = server.Ec2();

        var answer = await ec2.DescribeInstanceAttributeAsync(
            new DescribeInstanceAttributeRequest("i-1", InstanceAttributeName.DisableApiTermination));

        Assert.True(answer.InstanceAttribute.DisableApiTermination);
    }

    [Fact]
    public async Task The_reservation_of_a_launch_is_the_answer_itself()
    {
        await using var server = new AnsweringServer(Answer.Xml(
            "<RunInstancesResponse><requestId>q</requestId><reservationId>r-1</reservationId><instancesSet><item><instanceId>i-1</instanceId></item></instancesSet></RunInstancesResponse>"));
        using var ec2 = server.Ec2();

        var answer = await ec2.RunInstancesAsync(new RunInstancesRequest("ami-1", 1, 1));

        Assert.Equal("r-1", answer.Reservation.ReservationId);
        Assert.Equal("i-1", answer.Reservation.Instances[0].InstanceId);
        Assert.Equal("q", answer.ResponseMetadata.RequestId);
    }
}
