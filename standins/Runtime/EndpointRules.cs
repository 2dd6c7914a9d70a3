using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;
using Amazon.Util;

namespace ResponseKit.StandIns;

/// <summary>Host names as AWS's endpoint rules give them: a service's region, or its one host in the partition.</summary>
internal sealed class EndpointRules(ServiceDefinition service) : IEndpointProvider
{
    public static EndpointParameters Parameters(IClientConfig config, RegionEndpoint? alternate)
    {
        var region = alternate?.SystemName ?? config.RegionEndpoint?.SystemName;
        if (region is null)
        {
            region = string.IsNullOrEmpty(config.AuthenticationRegion)
                ? AWSSDKUtils.DetermineRegion(config.ServiceURL)
                : config.AuthenticationRegion;
        }

        return new EndpointParameters
        {
            ["Region"] = region,
            ["UseFIPS"] = config.UseFIPSEndpoint,
            ["UseDualStack"] = config.UseDualstackEndpoint,
            ["Endpoint"] = config.ServiceURL,
        };
    }

    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var fips = parameters["UseFIPS"] is true;
        var dualStack = parameters["UseDualStack"] is true;
        if (parameters["Endpoint"] is string own)
        {
            return fips || dualStack
                ? throw new AmazonClientException("Invalid Configuration: FIPS or dual-stack and a custom endpoint are not supported together")
                : new Endpoint(own);
        }

        var region = parameters["Region"] as string ?? throw new AmazonClientException("Invalid Configuration: Missing Region");
        var partition = Fn.Partition(region) ?? throw new AmazonClientException($"Invalid Configuration: no partition has region {region}");
        if ((fips && !partition.supportsFIPS) || (dualStack && !partition.supportsDualStack))
        {
            throw new AmazonClientException($"FIPS or dual-stack is asked for, but partition {partition.name} does not support it");
        }

        if (!fips && !dualStack && service.Global.TryGetValue(partition.name, out var global))
        {
            var attributes = $$"""{"authSchemes":[{"name":"sigv4","signingName":"{{service.Prefix}}","signingRegion":"{{global.SigningRegion}}"}]}""";
            return new Endpoint($"https://{global.Host}", attributes, null);
        }

        var suffix = dualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix;
        return new Endpoint($"https://{service.Prefix}{(fips ? "-fips" : "")}.{region}.{suffix}");
    }
}
