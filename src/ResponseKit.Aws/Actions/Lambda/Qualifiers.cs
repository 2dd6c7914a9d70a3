using Amazon.Lambda;
using Amazon.Lambda.Model;
using ResponseKit.Aws.Execution;

namespace ResponseKit.Aws.Actions.Lambda;

/// <summary>A function's versions and aliases, each of which has a policy, and may have a URL, of its own.</summary>
internal static class Qualifiers
{
    /// <summary>Stands for the function itself.</summary>
    public const string Latest = "$LATEST";

    /// <summary>The function itself, its aliases, its versions. What cannot be read is left out, and the receipt says so.</summary>
    public static async Task<IReadOnlyList<string>> OfFunctionAsync(ActionRun run, IAmazonLambda lambda, CancellationToken cancellationToken)
    {
        var name = run.Target.Name;
        var aliases = await run.ReadAsync(
            "lambda:ListAliases", $"aliases of function {name}", [],
            token => lambda.Paginators.ListAliases(new ListAliasesRequest { FunctionName = name }).Aliases.AllAsync(token), cancellationToken);
        var versions = await run.ReadAsync(
            "lambda:ListVersionsByFunction", $"versions of function {name}", [],
            token => lambda.Paginators.ListVersionsByFunction(new ListVersionsByFunctionRequest { FunctionName = name }).Versions.AllAsync(token),
            cancellationToken);
        return
        [
            Latest, .. (aliases ?? []).Select(alias => alias.Name), .. (versions ?? []).Select(version => version.Version).Where(id => id != Latest),
        ];
    }

    /// <summary>The qualifier in a function's ARN.</summary>
    public static string OfArn(string arn)
    {
        var parts = arn.Split(':');
        return parts.Length > 7 ? parts[7] : Latest;
    }

    /// <summary>How a request names it: the function itself goes without.</summary>
    public static string? ForRequest(string qualifier) => qualifier == Latest ? null : qualifier;
}
