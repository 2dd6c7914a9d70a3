using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using ResponseKit.Deployment;
using ResponseKit.Heartbeats;

namespace ResponseKit.Aws.Heartbeats;

/// <summary>Asks EventBridge for rules of ours.</summary>
internal static class FoundRules
{
    /// <summary>What the names of ours begin with.</summary>
    public const string Prefix = DeployedNames.Prefix + "-";

    /// <summary>Those of these names that are on a bus, with their targets.</summary>
    /// <param name="events">EventBridge, in the region.</param>
    /// <param name="bus">The bus's name; null for the default one.</param>
    /// <param name="wanted">The names.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="AmazonEventBridgeException">It cannot be asked.</exception>
    public static async Task<Dictionary<string, FoundRule>> ListAsync(IAmazonEventBridge events, string? bus, HashSet<string> wanted, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, FoundRule>(StringComparer.Ordinal);
        var request = new ListRulesRequest { NamePrefix = Prefix, EventBusName = bus };
        do
        {
            var page = await events.ListRulesAsync(request, cancellationToken);
            foreach (var rule in (page.Rules ?? []).Where(rule => wanted.Contains(rule.Name)))
            {
                var targets = await events.ListTargetsByRuleAsync(new ListTargetsByRuleRequest { Rule = rule.Name, EventBusName = bus }, cancellationToken);
                found[rule.Name] = new(rule.State?.Value, rule.EventPattern, [.. (targets.Targets ?? []).Select(target => (target.Arn, (string?)target.RoleArn))]);
            }

            request.NextToken = page.NextToken;
        }
        while (request.NextToken is { Length: > 0 });
        return found;
    }
}
