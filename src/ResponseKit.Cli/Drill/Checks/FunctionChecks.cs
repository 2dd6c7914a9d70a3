using System.Globalization;
using Amazon.Lambda.Model;
using ResponseKit.Cli.Drill.Attack;

namespace ResponseKit.Cli.Drill.Checks;

/// <summary>Looks at the functions that the attacker opened to everybody.</summary>
internal sealed class FunctionChecks(DrillAccount account, Loot loot)
{
    public async Task<IReadOnlyList<DrillCheck>> RunAsync(CancellationToken cancellationToken)
    {
        var checks = new List<DrillCheck>();
        foreach (var (region, function) in loot.Functions)
        {
            var lambda = account.Administrator.Aws.Lambda(region);
            var urls = await lambda.ListFunctionUrlConfigsAsync(new ListFunctionUrlConfigsRequest { FunctionName = function }, cancellationToken);
            checks.Add(DrillCheck.None($"the function {function} has no URL", [.. (urls.FunctionUrlConfigs ?? []).Select(url => url.FunctionUrl)], "none"));
            var policy = await PolicyAsync(lambda, function, cancellationToken);
            checks.Add(new($"nobody outside may call {function}", !policy.Contains("\"*\"", StringComparison.Ordinal), policy.Length == 0 ? "no policy" : policy));
            var concurrency = await lambda.GetFunctionConcurrencyAsync(new GetFunctionConcurrencyRequest { FunctionName = function }, cancellationToken);
            var reserved = concurrency.ReservedConcurrentExecutions;
            checks.Add(new($"the function {function} cannot run", reserved == 0, $"reserved concurrency {reserved?.ToString(CultureInfo.InvariantCulture) ?? "none"}"));
        }

        return checks;
    }

    private static async Task<string> PolicyAsync(Amazon.Lambda.IAmazonLambda lambda, string function, CancellationToken cancellationToken)
    {
        try
        {
            return (await lambda.GetPolicyAsync(new GetPolicyRequest { FunctionName = function }, cancellationToken)).Policy ?? "";
        }
        catch (ResourceNotFoundException)
        {
            return "";
        }
    }
}
