using Amazon;
using Amazon.Runtime;

namespace ResponseKit.Aws.Accounts;

/// <summary>What all AWS clients have in common.</summary>
public sealed record ClientSettings
{
    /// <summary>An endpoint to use instead of AWS's own, for an emulator; null for AWS. The composition root reads it from AWS_ENDPOINT_URL.</summary>
    public string? ServiceUrl { get; init; }

    /// <summary>How often a call that failed for a passing reason is tried again.</summary>
    public int MaxRetries { get; init; } = 8;

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Fills a client's configuration in. Why not the adaptive mode: docs/decisions/0005.</summary>
    public TConfig For<TConfig>(TConfig config, string region)
        where TConfig : ClientConfig
    {
        if (ServiceUrl is null)
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        else
            config.ServiceURL = ServiceUrl;
        // With an endpoint of one's own the SDK signs for us-east-1, whatever the region, unless it is told otherwise.
        config.AuthenticationRegion = region;
        config.RetryMode = RequestRetryMode.Standard;
        config.MaxErrorRetry = MaxRetries;
        config.Timeout = Timeout;
        return config;
    }
}
