using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>A security group that lets the whole internet in.</summary>
public sealed class SecurityGroupOpened : IDetection
{
    private const int EntryWeight = 8;
    private const int PortWeight = 3;
    private static readonly int[] EntryPorts = [22, 3389];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.security-group-opened",
        Title = "Security group opened to the internet",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.CloudFirewall],
        Selectors = [Selector.Writes(EventSources.Ec2, "AuthorizeSecurityGroupIngress")],
        Why = "To enter what they launched, attackers open SSH, Remote Desktop or everything to the world; old instances in the group are open then, too.",
        BenignCauses =
        [
            "A person trying to reach a new instance", "Packer, for the minutes of an image build", "A public service that is no web server",
            "Infrastructure as code",
        ],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        Rule? widest = null;
        foreach (var rule in Rules(record.Request))
        {
            if (rule.Weight > 0 && rule.Weight > (widest?.Weight ?? 0))
                widest = rule;
        }

        var group = record.Request["groupId"].Text ?? record.Request["groupName"].Text;
        return widest is null
            ? null
            : Attempt.Third(widest.Weight).Finding(record, "opened", "open", $"{widest.What} of the security group {Plain.Name(group)} to the internet")
                ?.With("group", group)
                .With("ports", widest.What);
    }

    // Given as one rule, the parameters stand in the request itself; as a list, in ipPermissions.
    private static IEnumerable<Rule> Rules(Field request) => request["ipPermissions"].List.Append(request).Where(IsForEverybody).Select(Rule.Of);

    private static bool IsForEverybody(Field permission) =>
        permission["ipRanges"].List.Select(range => range["cidrIp"])
            .Concat(permission["ipv6Ranges"].List.Select(range => range["cidrIpv6"]))
            .Append(permission["cidrIp"])
            .Any(range => range.Text?.EndsWith("/0", StringComparison.Ordinal) is true);

    private sealed record Rule(int Weight, string What)
    {
        public static Rule Of(Field permission)
        {
            var protocol = permission["ipProtocol"].Text;
            // -1 is every protocol, and then every port.
            if (protocol == "-1")
                return new Rule(EntryWeight, "everything");
            if (protocol is not ("tcp" or "6"))
                return new Rule(PortWeight, $"{Plain.Name(protocol)} ports");
            if (permission["fromPort"].Number is not { } from || permission["toPort"].Number is not { } to)
                return new Rule(PortWeight, "TCP ports");
            var what = from == to ? $"TCP port {from}" : $"TCP ports {from} to {to}";
            // Every web server and load balancer has these open.
            if (from == to && from is 80 or 443)
                return new Rule(0, what);
            return new Rule(Array.Exists(EntryPorts, port => from <= port && port <= to) ? EntryWeight : PortWeight, what);
        }
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("SSH", EventSources.Ec2, "AuthorizeSecurityGroupIngress",
            """
            {"groupId":"sg-0a1b2c3d4e5f60718","ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":22,"toPort":22,"groups":{},
            "ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]},"ipv6Ranges":{},"prefixListIds":{}}]}}
            """),
        DetectionExample.Match("SSH, given as one rule", EventSources.Ec2, "AuthorizeSecurityGroupIngress",
            """{"groupId":"sg-0a1b2c3d4e5f60718","cidrIp":"0.0.0.0/0","fromPort":22,"toPort":22,"ipProtocol":"tcp","ipPermissions":{}}"""),
        DetectionExample.Match("everything, by version 6 of the protocol", EventSources.Ec2, "AuthorizeSecurityGroupIngress",
            """
            {"groupName":"default","ipPermissions":{"items":[{"ipProtocol":"-1","ipRanges":{},
            "ipv6Ranges":{"items":[{"cidrIpv6":"::/0"}]}}]}}
            """),
        DetectionExample.Match("a range of ports as text", EventSources.Ec2, "AuthorizeSecurityGroupIngress",
            """
            {"groupId":"sg-0a1b2c3d4e5f60718","ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":"8000","toPort":"8100",
            "ipRanges":{"items":[{"cidrIp":"10.0.0.0/8"},{"cidrIp":"0.0.0.0/0"}]}}]}}
            """),
        DetectionExample.Match("a port of UDP", EventSources.Ec2, "AuthorizeSecurityGroupIngress",
            """{"groupId":"sg-0a1b2c3d4e5f60718","cidrIp":"0.0.0.0/0","fromPort":51820,"toPort":51820,"ipProtocol":"udp"}"""),
        DetectionExample.Match("a refused attempt", EventSources.Ec2, "AuthorizeSecurityGroupIngress",
            """{"groupId":"sg-0a1b2c3d4e5f60718","cidrIp":"0.0.0.0/0","fromPort":3389,"toPort":3389,"ipProtocol":"tcp"}""", "Client.UnauthorizedOperation"),
        DetectionExample.Ignore("a web server", EventSources.Ec2, "AuthorizeSecurityGroupIngress",
            """{"groupId":"sg-0a1b2c3d4e5f60718","cidrIp":"0.0.0.0/0","fromPort":443,"toPort":443,"ipProtocol":"tcp"}"""),
        DetectionExample.Ignore("SSH from one address", EventSources.Ec2, "AuthorizeSecurityGroupIngress",
            """
            {"groupId":"sg-0a1b2c3d4e5f60718","ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":22,"toPort":22,
            "ipRanges":{"items":[{"cidrIp":"203.0.113.7/32"}]}}]}}
            """),
        DetectionExample.Ignore("another security group", EventSources.Ec2, "AuthorizeSecurityGroupIngress",
            """
            {"groupId":"sg-0a1b2c3d4e5f60718","ipPermissions":{"items":[{"ipProtocol":"-1",
            "groups":{"items":[{"groupId":"sg-0a1b2c3d4e5f60719"}]}}]}}
            """),
    ];
}
