using Amazon.Runtime;
using Amazon.ServiceQuotas;
using Amazon.ServiceQuotas.Model;
using ResponseKit.Testing;

namespace ResponseKit.StandIns.Tests.RoundTrips;

public sealed class ServiceQuotasRoundTrips(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task Reads_how_many_vpcs_an_account_may_have()
    {
        using var quotas = new AmazonServiceQuotasClient(
            new BasicAWSCredentials("AKIDEXAMPLE", "secret"), emulator.Settings.For(new AmazonServiceQuotasConfig(), "us-east-1"));

        var answer = await quotas.GetServiceQuotaAsync(new GetServiceQuotaRequest { ServiceCode = "vpc", QuotaCode = "L-A4707A72" });

        Assert.Equal("vpc", answer.Quota.ServiceCode);
        Assert.Equal(5, answer.Quota.Value);
    }
}
