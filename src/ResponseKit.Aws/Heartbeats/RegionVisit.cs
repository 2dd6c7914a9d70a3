using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using Amazon.Runtime;
using ResponseKit.Aws.Accounts;
using ResponseKit.Heartbeats;
using ResponseKit.Response;

namespace ResponseKit.Aws.Heartbeats;

/// <summary>What is done in one region of an account: a heartbeat is sent, and the rules are looked at.</summary>
public static class RegionVisit
{
    private const string Prefix = Deployment.DeployedNames.Prefix + "-";

    /// <summary>What the session may do, and no more.</summary>
    public static ImmutableArray<Permission> Permissions { get; } =
    [
        new("ec2:CreateTags", $"arn:{{partition}}:ec2:*:{{account}}:dhcp-options/{Heartbeat.Resource}"),
        new("events:ListRules"),
        new("events:ListTargetsByRule", $"arn:{{partition}}:events:*:{{account}}:rule/{Prefix}*"),
    ];

    /// <summary>Sends a heartbeat. What goes wrong is said in a few words; null when nothing does.</summary>
    public static async Task<string?> SendAsync(AwsClients clients, string region, CancellationToken cancellationToken)
    {
        try
        {
            // AWS answers with an error whatever happens: DryRunOperation, or that there is no such resource. Either is recorded.
            await clients.Ec2(region).CreateTagsAsync(
                new CreateTagsRequest { DryRun = true, Resources = [Heartbeat.Resource], Tags = [new() { Key = Heartbeat.Session, Value = Heartbeat.Session }] }, cancellationToken);
            return null;
        }
        catch (AmazonEC2Exception error) when (error.ErrorCode == "DryRunOperation" || error.ErrorCode?.StartsWith("Invalid", StringComparison.Ordinal) == true)
        {
            return null;
        }
        catch (Exception error) when (IsFailure(error, cancellationToken))
        {
            return $"no heartbeat could be sent: {Reason(error)}";
        }
    }

    /// <summary>Compares the rules with those that were deployed. What differs, or went wrong, is said in words; null when nothing is.</summary>
    public static async Task<string?> CompareAsync(
        AwsClients clients, string region, IReadOnlyCollection<DeployedRule> deployed, string bus, string role, CancellationToken cancellationToken)
    {
        if (deployed.Count == 0)
            return null;
        try
        {
            return RuleCheck.Differences(deployed, await FoundAsync(clients.EventBridge(region), [.. deployed.Select(rule => rule.Name)], cancellationToken), bus, role);
        }
        catch (Exception error) when (IsFailure(error, cancellationToken))
        {
            return $"the rules could not be looked at: {Reason(error)}";
        }
    }

    private static async Task<Dictionary<string, FoundRule>> FoundAsync(IAmazonEventBridge events, HashSet<string> wanted, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, FoundRule>(StringComparer.Ordinal);
        var request = new ListRulesRequest { NamePrefix = Prefix };
        do
        {
            var page = await events.ListRulesAsync(request, cancellationToken);
            foreach (var rule in (page.Rules ?? []).Where(rule => wanted.Contains(rule.Name)))
            {
                var targets = await events.ListTargetsByRuleAsync(new ListTargetsByRuleRequest { Rule = rule.Name }, cancellationToken);
                found[rule.Name] = new(rule.State?.Value, rule.EventPattern, [.. (targets.Targets ?? []).Select(target => (target.Arn, target.RoleArn))]);
            }

            request.NextToken = page.NextToken;
        }
        while (request.NextToken is { Length: > 0 });
        return found;
    }

    private static string Reason(Exception error) => error is AmazonServiceException { ErrorCode: { Length: > 0 } code } ? code : error.GetType().Name;

    private static bool IsFailure(Exception error, CancellationToken cancellationToken) => error is AmazonServiceException or AmazonClientException or HttpRequestException
        || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
