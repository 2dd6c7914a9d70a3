using Amazon.SecurityToken;
using Amazon.ServiceQuotas;
using ResponseKit.Aws.Accounts;

namespace ResponseKit.Cli.Drill;

/// <summary>One principal's clients: those of the response, and the two more that an attacker uses.</summary>
internal sealed class DrillClients(
    AwsClients aws, Func<string, IAmazonSecurityTokenService> sts, Func<string, IAmazonServiceQuotas> quotas) : IDisposable
{
    private readonly Dictionary<string, IAmazonSecurityTokenService> stsByRegion = [];
    private readonly Dictionary<string, IAmazonServiceQuotas> quotasByRegion = [];
    private readonly Lock gate = new();

    public AwsClients Aws => aws;

    public IAmazonSecurityTokenService Sts(string region) => Get(stsByRegion, region, sts);

    public IAmazonServiceQuotas Quotas(string region) => Get(quotasByRegion, region, quotas);

    public void Dispose()
    {
        aws.Dispose();
        foreach (var client in stsByRegion.Values)
            client.Dispose();
        foreach (var client in quotasByRegion.Values)
            client.Dispose();
    }

    private T Get<T>(Dictionary<string, T> known, string region, Func<string, T> make)
    {
        lock (gate)
            return known.TryGetValue(region, out var client) ? client : known[region] = make(region);
    }
}
