using Amazon;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using Amazon.ServiceQuotas;
using Amazon.ServiceQuotas.Model;
using ResponseKit.StandIns.Tests.Wire;

namespace ResponseKit.StandIns.Tests;

public sealed class EndpointTests
{
    [Theory]
    [InlineData("eu-west-1", false, false, "https://ec2.eu-west-1.amazonaws.com")]
    [InlineData("cn-north-1", false, false, "https://ec2.cn-north-1.amazonaws.com.cn")]
    [InlineData("us-gov-west-1", false, false, "https://ec2.us-gov-west-1.amazonaws.com")]
    [InlineData("us-east-1", true, false, "https://ec2-fips.us-east-1.amazonaws.com")]
    [InlineData("us-east-1", false, true, "https://ec2.us-east-1.api.aws")]
    public void A_regional_service_is_at_its_region(string region, bool fips, bool dualStack, string expected)
    {
        using var ec2 = new AmazonEC2Client(Clients.Key, new AmazonEC2Config
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            UseFIPSEndpoint = fips,
            UseDualstackEndpoint = dualStack,
        });

        Assert.Equal(expected, ec2.DetermineServiceOperationEndpoint(new DescribeRegionsRequest()).URL.TrimEnd('/'));
    }

    [Theory]
    [InlineData("us-east-1", "https://iam.amazonaws.com")]
    [InlineData("ap-southeast-2", "https://iam.amazonaws.com")]
    [InlineData("cn-northwest-1", "https://iam.cn-north-1.amazonaws.com.cn")]
    [InlineData("us-gov-east-1", "https://iam.us-gov.amazonaws.com")]
    public void Iam_is_at_one_host_in_each_partition(string region, string expected)
    {
        using var iam = new AmazonIdentityManagementServiceClient(Clients.Key, RegionEndpoint.GetBySystemName(region));

        Assert.Equal(expected, iam.DetermineServiceOperationEndpoint(new ListUsersRequest()).URL.TrimEnd('/'));
    }

    [Fact]
    public async Task The_environment_can_name_the_endpoint_of_one_service()
    {
        await using var server = new AnsweringServer(Answer.Json("{}"));
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SERVICE_QUOTAS", server.Address);
        try
        {
            using var quotas = new AmazonServiceQuotasClient(
                Clients.Key, new AmazonServiceQuotasConfig { AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
            await quotas.GetServiceQuotaAsync(new GetServiceQuotaRequest { ServiceCode = "ec2", QuotaCode = "L" });
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SERVICE_QUOTAS", null);
        }

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_own_endpoint_and_fips_exclude_each_other()
    {
        await using var server = new AnsweringServer(Answer.Xml("<R/>"));
        var config = server.Configure(new AmazonEC2Config { UseFIPSEndpoint = true });
        using var ec2 = new AmazonEC2Client(Clients.Key, config);

        await Assert.ThrowsAsync<AmazonClientException>(() => ec2.DescribeRegionsAsync());

        Assert.Empty(server.Requests);
    }
}
