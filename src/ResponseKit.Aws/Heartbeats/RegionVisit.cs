using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using ResponseKit.Aws.Accounts;
using ResponseKit.Heartbeats;
using ResponseKit.Response;

namespace ResponseKit.Aws.Heartbeats;

/// <summary>What is done in one region of an account: a heartbeat is sent, and the rules are looked at.</summary>
public static class RegionVisit
{
    /// <summary>What the session may do, and no more.</summary>
    public static ImmutableArray<Permission> Permissions { get; } =
    [
        new("ec2:CreateTags", $"arn:{{partition}}:ec2:*:{{account}}:dhcp-options/{Heartbeat.Resource}"),
        new("events:ListRules"),
        new("events:ListTargetsByRule", $"arn:{{partition}}:events:*:{{account}}:rule/{FoundRules.Prefix}*"),
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
            ImmutableArray<(string, string?)> targets = [(bus, role)];
            var found = await FoundRules.ListAsync(clients.EventBridge(region), bus: null, [.. deployed.Select(rule => rule.Name)], cancellationToken);
            return RuleCheck.Differences(deployed.Select(rule => (rule, targets)), found);
        }
        catch (Exception error) when (IsFailure(error, cancellationToken))
        {
            return $"the rules could not be looked at: {Reason(error)}";
        }
    }

    /// <summary>What went wrong, in a word of AWS's or of the runtime's.</summary>
    internal static string Reason(Exception error) => error is AmazonServiceException { ErrorCode: { Length: > 0 } code } ? code : error.GetType().Name;

    /// <summary>Whether AWS, or the way to it, failed; not whether the caller gave up.</summary>
    internal static bool IsFailure(Exception error, CancellationToken cancellationToken) => error is AmazonServiceException or AmazonClientException or HttpRequestException
        || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
