using ResponseKit.Detections;
using ResponseKit.Detections.Ec2;

namespace ResponseKit.Tests.Detections.Ec2;

public sealed class SecurityGroupOpenedTests
{

    [Theory]
    [InlineData(22, 22)]
    [InlineData(3389, 3389)]
    [InlineData(0, 65535)]
    [InlineData(20, 25)]
    public void Ways_to_enter_a_machine_weigh_most(int from, int to) => Assert.Equal(8, Weight(Rule("tcp", from, to)));

    [Theory]
    [InlineData(23, 3388)]
    [InlineData(80, 443)]
    [InlineData(8080, 8080)]
    public void Other_ports_weigh_little(int from, int to) => Assert.Equal(3, Weight(Rule("tcp", from, to)));

    [Fact]
    public void Port_22_of_another_protocol_is_no_way_in() => Assert.Equal(3, Weight(Rule("udp", 22, 22)));

    [Fact]
    public void Every_protocol_is_every_port() => Assert.Equal(8, Weight(Rule("-1", -1, -1)));

    [Fact]
    public void Web_servers_are_ordinary() => Assert.Equal(0, Weight(Rule("tcp", 80, 80), Rule("tcp", 443, 443)));

    [Fact]
    public void The_widest_of_several_rules_counts_once()
    {
        var finding = Look(Rule("tcp", 443, 443), Rule("tcp", 8080, 8080), Rule("tcp", 22, 22), Rule("tcp", 9090, 9090))!;
        Assert.Equal(8, finding.Weight);
        Assert.Equal("opened TCP port 22 of the security group sg-1 to the internet", finding.Explanation);
    }

    [Fact]
    public void A_rule_for_some_addresses_says_nothing_beside_one_for_all()
    {
        const string Narrow = """{"ipProtocol":"tcp","fromPort":22,"toPort":22,"ipRanges":{"items":[{"cidrIp":"10.0.0.0/8"}]}}""";
        Assert.Equal(3, Weight(Narrow, Rule("tcp", 8080, 8080)));
    }

    private static string Rule(string protocol, int from, int to) =>
        $$"""{"ipProtocol":"{{protocol}}","fromPort":{{from}},"toPort":{{to}},"ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]} }""";

    private static int Weight(params string[] rules) => Look(rules)?.Weight ?? 0;

    private static Finding? Look(params string[] rules) => new SecurityGroupOpened().Look(
        DetectionExample.Match(
            "x", "ec2.amazonaws.com", "AuthorizeSecurityGroupIngress",
            $$$"""{"groupId":"sg-1","ipPermissions":{"items":[{{{string.Join(',', rules)}}}]}}""").Record());
}
