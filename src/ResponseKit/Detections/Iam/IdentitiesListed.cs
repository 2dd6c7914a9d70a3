using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>A look at who there is in the account and what they may do.</summary>
public sealed class IdentitiesListed : IDetection
{
    private static readonly Attempt Everything = new(Success: 5, Denied: 1);
    private static readonly Attempt Many = new(Success: 3, Denied: 1);
    private static readonly Attempt One = new(Success: 2, Denied: 1);

    private static readonly string[] OfEverything = ["GetAccountAuthorizationDetails"];
    private static readonly string[] OfMany = ["ListUsers", "ListRoles", "ListGroups", "SimulatePrincipalPolicy"];

    private static readonly string[] OfOne =
    [
        "GetAccountSummary", "GetUser", "ListAccessKeys", "ListAttachedUserPolicies", "ListUserPolicies", "ListGroupsForUser", "ListAttachedRolePolicies",
        "ListAccountAliases",
    ];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.identities-listed",
        Title = "Identities and their rights listed",
        Category = SignalCategory.Recon,
        Techniques = [Techniques.CloudAccountDiscovery, Techniques.CloudGroupDiscovery],
        Selectors = [Selector.Reads(EventSources.Iam, [.. OfEverything, .. OfMany, .. OfOne])],
        Why = "The holder of a stolen key first finds out whose it is, what it may do, and which other identities are worth taking.",
        BenignCauses = ["Anybody who opens IAM in the console", "Inventory and compliance tools", "Infrastructure as code comparing what is with what should be"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var weight = OfEverything.Contains(record.EventName) ? Everything : OfMany.Contains(record.EventName) ? Many : One;
        return weight.Finding(record, "read", "read", $"about the account's identities by {record.EventName}")
            ?.With("eventName", record.EventName)
            .With("userName", record.Request["userName"].Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        .. OfEverything.Concat(OfMany).Concat(OfOne).Select(name => DetectionExample.Match($"a look by {name}", EventSources.Iam, name) with { IsRead = true }),
        DetectionExample.Match("a refused look", EventSources.Iam, "ListUsers", errorCode: "AccessDenied") with { IsRead = true },
        DetectionExample.Ignore("a user who does not exist", EventSources.Iam, "GetUser", """{"userName":"nobody"}""", "NoSuchEntityException") with { IsRead = true },
        DetectionExample.Ignore("a throttled look", EventSources.Iam, "ListRoles", errorCode: "ThrottlingException") with { IsRead = true },
    ];
}
