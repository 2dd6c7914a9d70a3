using Amazon.EC2;
using Amazon.EC2.Model;
using ResponseKit.StandIns.Tests.Wire;

namespace ResponseKit.StandIns.Tests;

public sealed class Ec2RequestTests
{
    private static readonly Answer Nothing = Answer.Xml("<Response><requestId>r</requestId></Response>");

    [Fact]
    public async Task A_call_is_a_form_with_action_and_version()
    {
        await using var server = new AnsweringServer(Nothing);
        using var ec2 = server.Ec2();

        await ec2.DescribeRegionsAsync();

        Assert.Equal(("POST", "/"), (server.Request.Method, server.Request.Target));
        Assert.Equal("Action=DescribeRegions&Version=2016-11-15", server.Request.Text);
        Assert.StartsWith("application/x-www-form-urlencoded", server.Request.Headers["Content-Type"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_are_flattened_and_named_in_the_singular()
    {
        await using var server = new AnsweringServer(Nothing);
        using var ec2 = server.Ec2();

        await ec2.DescribeInstancesAsync(new DescribeInstancesRequest
        {
            InstanceIds = ["i-1", "i-2"],
            Filters = [new Filter("instance-state-name", ["running", "stopped"])],
            MaxResults = 5,
        });

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["InstanceId.1"] = "i-1",
                ["InstanceId.2"] = "i-2",
                ["Filter.1.Name"] = "instance-state-name",
                ["Filter.1.Value.1"] = "running",
                ["Filter.1.Value.2"] = "stopped",
                ["MaxResults"] = "5",
            },
            server.Request.Fields);
    }

    [Fact]
    public async Task Names_that_answers_write_small_are_sent_with_a_capital()
    {
        await using var server = new AnsweringServer(Nothing);
        using var ec2 = server.Ec2();

        await ec2.CreateTagsAsync(new CreateTagsRequest(["i-1"], [new Tag("case", "INC 42 & more")]));

        Assert.Equal(
            new Dictionary<string, string> { ["ResourceId.1"] = "i-1", ["Tag.1.Key"] = "case", ["Tag.1.Value"] = "INC 42 & more" },
            server.Request.Fields);
    }

    [Fact]
    public async Task An_attribute_is_sent_as_the_value_of_a_structure()
    {
        await using var server = new AnsweringServer(Nothing);
        using var ec2 = server.Ec2();

        await ec2.ModifyInstanceAttributeAsync(new ModifyInstanceAttributeRequest { InstanceId = "i-1", DisableApiTermination = false });

        Assert.Equal(
            new Dictionary<string, string> { ["InstanceId"] = "i-1", ["DisableApiTermination.Value"] = "false" }, server.Request.Fields);
    }

    [Fact]
    public async Task A_spot_launch_specification_is_sent_under_the_names_that_requests_use()
    {
        await using var server = new AnsweringServer(Nothing);
        using var ec2 = server.Ec2();

        await ec2.RequestSpotInstancesAsync(new RequestSpotInstancesRequest("0.1")
        {
            ClientToken = "t",
            Type = SpotInstanceType.Persistent,
            LaunchSpecification = new LaunchSpecification
            {
                ImageId = "ami-1",
                MonitoringEnabled = true,
            },
        });

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["ClientToken"] = "t",
                ["LaunchSpecification.ImageId"] = "ami-1",
                ["LaunchSpecification.Monitoring.Enabled"] = "true",
                ["SpotPrice"] = "0.1",
                ["Type"] = "persistent",
            },
            server.Request.Fields);
    }

    [Fact]
    public async Task Null_is_not_sent_and_an_empty_list_is_sent_empty()
    {
        await using var server = new AnsweringServer(Nothing);
        using var ec2 = server.Ec2();

        await ec2.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = [], Filters = null });

        Assert.Equal(new Dictionary<string, string> { ["InstanceId"] = "" }, server.Request.Fields);
    }
}
