using ResponseKit.Correlation.Novelty;
using ResponseKit.Tests.Records;

namespace ResponseKit.Tests.Correlation.Novelty;

public sealed class TraitsTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.0.0/16")]
    [InlineData("::ffff:203.0.113.7", "203.0.0.0/16")]
    [InlineData("2001:db8:1:2::7", "2001:0db8::/32")]
    [InlineData("ec2.amazonaws.com", "ec2.amazonaws.com")]
    [InlineData("AWS Internal", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_network_is_about_a_provider(string? address, string? network) => Assert.Equal(network, Traits.NetworkOf(address));

    [Theory]
    [InlineData("aws-cli/2.15.30 Python/3.11 Linux/5.10", "aws-cli")]
    [InlineData("Boto3/1.34.1 md/Botocore#1.34.1", "Boto3")]
    [InlineData("[Boto3/1.34.1]", "Boto3")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64)", "Mozilla")]
    [InlineData("console.amazonaws.com", "console.amazonaws.com")]
    [InlineData("\u001b[31mevil/1", "\\u001B[31mevil")]
    [InlineData("  ", null)]
    [InlineData(null, null)]
    public void A_program_is_known_by_its_name_without_versions(string? agent, string? name) => Assert.Equal(name, Traits.AgentOf(agent));

    [Fact]
    public void A_launch_tells_region_network_program_service_family_and_hour()
    {
        var record = Sample.Of("ec2", "RunInstances", """{"instanceType":"g4dn.xlarge","instancesSet":{"items":[{"maxCount":1}]}}""").Record();
        Assert.Equal(
            [
                new(TraitKind.Region, "us-east-1"), new(TraitKind.Network, "203.0.0.0/16"), new(TraitKind.Agent, "example"),
                new(TraitKind.Service, "ec2.amazonaws.com"), new(TraitKind.Family, "g4dn"), new(TraitKind.Hour, "10"),
            ],
            Traits.Of(record).AsEnumerable());
    }

    [Fact]
    public void A_global_service_tells_no_region() =>
        Assert.DoesNotContain(Traits.Of(Sample.Of("iam", "ListUsers").Record()), trait => trait.Kind == TraitKind.Region);

    [Fact]
    public void A_detectors_finding_is_no_call_and_has_no_traits()
    {
        var record = Sample.Parsed($$"""
            {"detail-type":"GuardDuty Finding","source":"aws.guardduty","account":"{{Sample.Account}}","time":"2025-11-02T10:00:00Z","region":"eu-west-1",
            "detail":{"accountId":"{{Sample.Account}}","id":"76b6","type":"UnauthorizedAccess:IAMUser/TorIPCaller","severity":8,
            "resource":{"accessKeyDetails":{"userType":"IAMUser","userName":"leaked"} },
            "service":{"action":{"awsApiCallAction":{"remoteIpDetails":{"ipAddressV4":"198.51.100.7"} } } } } }
            """);
        Assert.Empty(Traits.Of(record));
    }

    [Fact]
    public void What_a_service_does_on_somebody_s_behalf_tells_not_where_he_is()
    {
        var identity = Identities.User().Insert(Identities.User().LastIndexOf('}'), ",\"invokedBy\":\"cloudformation.amazonaws.com\"");
        var traits = Traits.Of((Sample.Of("ec2", "RunInstances") with { Identity = identity }).Record());
        Assert.DoesNotContain(traits, trait => trait.Kind is TraitKind.Network or TraitKind.Agent);
    }
}
