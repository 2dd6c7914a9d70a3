using Amazon.EC2.Model;

namespace ResponseKit.Cli.Drill;

/// <summary>The network that every account has in every region.</summary>
internal static class Networks
{
    /// <summary>A subnet of the region's default VPC.</summary>
    public static async Task<string> DefaultSubnetAsync(DrillClients clients, string region, CancellationToken cancellationToken)
    {
        var request = new DescribeSubnetsRequest { Filters = [new Filter { Name = "default-for-az", Values = ["true"] }] };
        var subnets = await clients.Aws.Ec2(region).DescribeSubnetsAsync(request, cancellationToken);
        return subnets.Subnets.Select(subnet => subnet.SubnetId).Order(StringComparer.Ordinal).First();
    }
}
