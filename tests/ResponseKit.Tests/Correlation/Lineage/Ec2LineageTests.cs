using ResponseKit.Tests.Records;

namespace ResponseKit.Tests.Correlation.Lineage;

public sealed class Ec2LineageTests
{
    private const string Ec2 = "arn:aws:ec2:us-east-1:111122223333:";
    private const string Id = "i-0123456789abcdef0";

    private static string[] Of(string operation, string request, string response = "null") => Read.Lineage(Sample.Of("ec2", operation, request, response));

    [Fact]
    public void Launched_instances_are_read_from_the_answer() => Assert.Equal(
        [$"Created {Ec2}instance/{Id}", $"Created {Ec2}instance/i-0123456789abcdef1"],
        Of("RunInstances", "{}", $$"""{"instancesSet":{"items":[{"instanceId":"{{Id}}","launchTime":1762077600000},{"instanceId":"i-0123456789abcdef1"},{"instanceId":7},7]} }"""));

    [Fact]
    public void A_launch_whose_answer_is_left_out_makes_nothing_known() => Assert.Empty(Of("RunInstances", """{"instancesSet":{"items":[{"maxCount":500}]}}"""));

    [Theory]
    [InlineData("""{"disableApiTermination":{"value":true}}""")]
    [InlineData("""{"disableApiTermination":{"value":"true"}}""")]
    [InlineData("""{"disableApiTermination":true}""")]
    [InlineData("""{"disableApiStop":{"value":true}}""")]
    [InlineData("""{"disableApiStop":{"value":"<sensitiveDataRemoved>"}}""")]
    [InlineData("""{"disableApiTermination":{"value":false},"disableApiStop":{"value":true}}""")]
    [InlineData("""{"attribute":"disableApiTermination","value":"<sensitiveDataRemoved>"}""")]
    [InlineData("""{"attribute":"disableApiStop","value":"true"}""")]
    [InlineData("""{"attribute":"disableApiStop"}""")]
    public void An_instance_that_may_be_protected_is_altered_in_either_shape(string request) =>
        Assert.Equal([$"Altered {Ec2}instance/{Id}"], Of("ModifyInstanceAttribute", request[..^1] + $",\"instanceId\":\"{Id}\"}}"));

    [Theory]
    [InlineData("""{"disableApiTermination":{"value":false}}""")]
    [InlineData("""{"disableApiStop":{"value":"false"}}""")]
    [InlineData("""{"attribute":"disableApiTermination","value":"false"}""")]
    [InlineData("""{"attribute":"userData","value":"<sensitiveDataRemoved>"}""")]
    [InlineData("""{"ebsOptimized":{"value":true}}""")]
    public void An_instance_that_is_visibly_not_protected_is_not(string request) =>
        Assert.Empty(Of("ModifyInstanceAttribute", request[..^1] + $",\"instanceId\":\"{Id}\"}}"));

    [Fact]
    public void A_launch_template_is_read_from_the_nested_answer() => Assert.Equal(
        [$"Created {Ec2}launch-template/lt-0abc"],
        Of("CreateLaunchTemplate", "{}", """{"CreateLaunchTemplateResponse":{"launchTemplate":{"launchTemplateId":"lt-0abc","launchTemplateName":"x"}}}"""));

    [Fact]
    public void A_fleet_and_its_instances_are_read_however_deep() => Assert.Equal(
        [$"Created {Ec2}fleet/fleet-1", $"Created {Ec2}instance/{Id}"],
        Of("CreateFleet", "{}", $$"""{"CreateFleetResponse":{"fleetId":"fleet-1","fleetInstanceSet":{"item":[{"instanceIds":{"item":"{{Id}}"} },{"instanceIds":["{{Id}}"]}]} } }"""));

    [Theory]
    [InlineData("CreateFleet", """{"CreateFleetResponse":{"fleetId":"fleet-1","fleetInstanceSet":{"item":{"instanceIds":{"item":"i-0aaaaaaaaaaaaaaaa"},"launchTemplateAndOverrides":{"launchTemplateSpecification":{"launchTemplateName":"i-0123456789abcdef0"}}}}}}""")]
    [InlineData("CreateFleet", """{"CreateFleetResponse":{"errorSet":{"item":{"errorMessage":"i-0123456789abcdef0","launchTemplateAndOverrides":{"overrides":{"instanceIds":{"item":"i-0123456789abcdef0"}}}}}}}""")]
    [InlineData("CreateLaunchTemplate", """{"CreateLaunchTemplateResponse":{"launchTemplate":{"launchTemplateId":"lt-0abc","launchTemplateName":"lt-0123456789abcdef0"}}}""")]
    [InlineData("RequestSpotFleet", """{"spotFleetRequestId":"sfr-1","name":"sfr-i-0123456789abcdef0"}""")]
    [InlineData("RequestSpotInstances", """{"spotInstanceRequestSet":{"items":[{"spotInstanceRequestId":"sir-1","launchedAvailabilityZone":"sir-2","instanceId":"i-0123456789abcdef0"}]}}""")]
    [InlineData("RunInstances", """{"instancesSet":{"items":[{"instanceId":"i-0aaaaaaaaaaaaaaaa","keyName":"i-0123456789abcdef0","clientToken":"i-0123456789abcdef0"}]},"requesterId":"i-0123456789abcdef0"}""")]
    public void A_name_that_is_spelled_like_an_id_is_nobodys_id(string operation, string response) =>
        Assert.DoesNotContain(Of(operation, """{"name":"i-0123456789abcdef0"}""", response), line => line.Contains("0123456789abcdef0", StringComparison.Ordinal) || line.EndsWith("sir-2", StringComparison.Ordinal));

    [Theory]
    [InlineData("1762077600000", "Created")]
    [InlineData("1762077597000", "Created")]
    [InlineData("1762077480000", "Mentioned")]
    [InlineData("\"2025-11-02T09:58:00Z\"", "Mentioned")]
    [InlineData("\"Nov 2, 2025, 9:58:00 AM\"", "Mentioned")]
    [InlineData("null", "Created")]
    public void A_launch_that_answers_with_earlier_instances_launched_none(string launchTime, string relation) => Assert.Equal(
        [$"{relation} {Ec2}instance/{Id}"],
        Of("RunInstances", """{"clientToken":"token-of-the-pipeline"}""", $$"""{"instancesSet":{"items":[{"instanceId":"{{Id}}","launchTime":{{launchTime}}}]} }"""));

    [Fact]
    public void Spot_requests_are_read()
    {
        Assert.Equal([$"Created {Ec2}spot-fleet-request/sfr-1"], Of("RequestSpotFleet", "{}", """{"spotFleetRequestId":"sfr-1"}"""));
        Assert.Equal(
            [$"Created {Ec2}spot-instances-request/sir-1"],
            Of("RequestSpotInstances", "{}", """{"spotInstanceRequestSet":{"items":[{"spotInstanceRequestId":"sir-1"}]}}"""));
    }

    [Theory]
    [InlineData("CreateFleet", """{"CreateFleetRequest":{"TargetCapacitySpecification":{"TotalTargetCapacity":40}}}""", """{"CreateFleetResponse":{"fleetId":"fleet-1"}}""", "Created fleet/fleet-1 40")]
    [InlineData("CreateFleet", """{"CreateFleetRequest":{"TargetCapacitySpecification":{"TotalTargetCapacity":-4}}}""", """{"CreateFleetResponse":{"fleetId":"fleet-1"}}""", "Created fleet/fleet-1 0")]
    [InlineData("CreateFleet", "{}", """{"CreateFleetResponse":{"fleetId":"fleet-1"}}""", "Created fleet/fleet-1 ")]
    [InlineData("ModifyFleet", """{"ModifyFleetRequest":{"FleetId":"fleet-1","TargetCapacitySpecification":{"TotalTargetCapacity":90}}}""", "null", "Altered fleet/fleet-1 90")]
    [InlineData("ModifyFleet", """{"fleetId":"fleet-1","targetCapacitySpecification":{"totalTargetCapacity":90}}""", "null", "Altered fleet/fleet-1 90")]
    [InlineData("RequestSpotFleet", """{"spotFleetRequestConfig":{"targetCapacity":30}}""", """{"spotFleetRequestId":"sfr-1"}""", "Created spot-fleet-request/sfr-1 30")]
    [InlineData("ModifySpotFleetRequest", """{"spotFleetRequestId":"sfr-1","targetCapacity":60}""", "null", "Altered spot-fleet-request/sfr-1 60")]
    public void A_fleet_is_as_large_as_it_was_asked_to_be(string operation, string request, string response, string expected)
    {
        var entry = Assert.Single(Read.Entries(Sample.Of("ec2", operation, request, response)));
        Assert.Equal(expected, $"{entry.Relation} {entry.Resource.Kind.Prefix}{entry.Resource.Name} {entry.Size}");
    }

    [Fact]
    public void What_a_fleet_launched_at_once_counts_by_itself_and_not_with_the_fleet()
    {
        var entries = Read.Entries(Sample.Of(
            "ec2", "CreateFleet", """{"CreateFleetRequest":{"TargetCapacitySpecification":{"TotalTargetCapacity":5}}}""",
            $$"""{"CreateFleetResponse":{"fleetId":"fleet-1","fleetInstanceSet":{"item":{"instanceIds":{"item":["{{Id}}","i-0123456789abcdef1"]} } } } }"""));
        Assert.Equal([3, null, null], entries.Select(entry => entry.Size));
    }
}
