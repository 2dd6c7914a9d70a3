using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ResponseKit.Resources;

namespace ResponseKit.Deployment;

/// <summary>
/// What a deployed function knows of the deployment that it belongs to. Where nothing is known, as when old logs are replayed, a part is known by its name
/// alone.
/// </summary>
/// <param name="HubAccount">The account of the functions.</param>
/// <param name="HomeRegion">Their region.</param>
/// <param name="MadeUpNames">
/// The names and ids that CloudFormation and AWS made up for parts in the hub: of table, bucket, topics, queues, logs and keys.
/// </param>
/// <param name="ActionIds">The ids of the actions, after which functions and their roles are named.</param>
/// <param name="DeliversCalls">Whether a rule of this name delivers calls, in each region of each account.</param>
public sealed record OwnDeployment(
    string HubAccount, string HomeRegion, ImmutableHashSet<string> MadeUpNames, ImmutableHashSet<string> ActionIds, Func<string, bool> DeliversCalls)
{
    /// <summary>Whether a function of this name is deployed.</summary>
    /// <param name="name">The name.</param>
    /// <param name="comparison">How names are told apart: IAM's, of the functions' roles, without case.</param>
    public bool HasFunction(string name, StringComparison comparison = StringComparison.Ordinal) =>
        FunctionIds.All.Concat(ActionIds).Any(id => DeployedNames.Function(id).Equals(name, comparison));

    /// <summary>
    /// Reads <see cref="FunctionVariables.Own"/>: ARNs and names with spaces between them. The hub's account and region are those of the first ARN that has
    /// both.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="actionIds">The ids of the actions.</param>
    /// <param name="deliversCalls">Whether a rule of this name delivers calls. It may be asked often, or never.</param>
    /// <param name="deployment">What it says.</param>
    public static bool TryRead(
        string text, IEnumerable<string> actionIds, Func<string, bool> deliversCalls, [NotNullWhen(true)] out OwnDeployment? deployment)
    {
        deployment = null;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words)
        {
            if (!Arn.TryParse(word, out var arn) || !AccountId.IsValid(arn.Account) || !RegionName.IsValid(arn.Region))
                continue;
            deployment = new(arn.Account, arn.Region, [.. words.Select(NameIn)], [.. actionIds], deliversCalls);
            return true;
        }

        return false;
    }

    private static string NameIn(string word) => Arn.TryParse(word, out var arn) ? arn.Resource[(arn.Resource.LastIndexOfAny(['/', ':']) + 1)..] : word;
}
