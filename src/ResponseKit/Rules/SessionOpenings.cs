using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Records;

namespace ResponseKit.Rules;

/// <summary>
/// The calls by which an identity becomes another: without them, a response to a stolen key ends at the sessions that it opened. CloudTrail counts them as
/// reads, so a rule of their own delivers them, in the state that delivers reads, whether or not a deployment asks for other reads. (<c>GetSessionToken</c> and
/// <c>GetFederationToken</c> are delivered as changes: EventBridge User Guide, "Receiving read-only management events".)
/// </summary>
public static class SessionOpenings
{
    /// <summary>Beginning of what AWS calls its services in <c>userIdentity.type</c>.</summary>
    internal const string OfServices = "AWSService";

    /// <summary>How <c>userIdentity.invokedBy</c> ends where a service called, for itself or in somebody's name: the session is the service's then.</summary>
    internal const string InvokedByService = ".amazonaws.com";

    // Hosts of CI services, whose sessions are many and each of the role that they ask for.
    private static readonly string[] CiIssuers = ["token.actions.githubusercontent.com", "gitlab.com", "agent.buildkite.com", "app.terraform.io"];

    /// <summary>The operations of STS.</summary>
    public static ImmutableArray<string> Names { get; } = ["AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "AssumeRoot"];

    /// <summary>Whether it is such a call.</summary>
    public static bool Is(string eventSource, string operation) => eventSource == EventSources.Sts && Names.Contains(operation);

    /// <summary>
    /// Whether the rule delivers the call: not those of services, which assume roles all day long, and not those of pods and CI jobs with tokens of issuers that
    /// are known by name. Nothing is lost by these: such a session acts in the name of the role that it asked for, and no other identity opened it.
    /// </summary>
    /// <param name="record">A record of such a call.</param>
    public static bool Delivers(CloudTrailRecord record)
    {
        var identity = record.Identity;
        if (identity["type"].Text is not { } type || type == OfServices)
            return false;
        if (identity["invokedBy"].Text is { } service && service.EndsWith(InvokedByService, StringComparison.Ordinal))
            return false;
        var place = new RulePlace(Resources.Arn.PartitionOf(record.Region), record.Account, record.Region);
        return identity["principalId"].Text is not { } principal || !KnownIssuers(place).Any(known => principal.StartsWith(known, StringComparison.Ordinal));
    }

    /// <summary>
    /// How the <c>principalId</c> of a caller begins who shows a token of a known issuer: the provider's ARN, and then, after a colon, whom the token is for (IAM
    /// User Guide, "Logging IAM and AWS STS API calls with AWS CloudTrail"). Each beginning is of one provider alone: it ends where the host and path of the provider
    /// end, and a provider's URL has no colon. The clusters are those of the rule's region, whose STS their pods ask.
    /// </summary>
    internal static ImmutableArray<string> KnownIssuers(RulePlace place)
    {
        var provider = $"arn:{place.Partition}:iam::{place.Account}:oidc-provider/";
        return [$"{provider}oidc.eks.{place.Region}.amazonaws.com/id/", $"{provider}oidc.eks.{place.Region}.amazonaws.com.cn/id/", .. CiIssuers.Select(host => $"{provider}{host}:")];
    }
}
