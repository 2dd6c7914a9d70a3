using System.Collections.Immutable;
using Amazon.CDK.AWS.IAM;
using ResponseKit.Deployment;
using ResponseKit.Infra.Hub;
using ResponseKit.Infra.Settings;
using ResponseKit.Response;

namespace ResponseKit.Infra.Member;

/// <summary>All that a member knows of the hub.</summary>
internal sealed record HubAddress
{
    /// <summary>The hub's bus.</summary>
    public required string BusArn { get; init; }

    /// <summary>The roles of the functions that enter accounts, by their exact ARNs.</summary>
    public required ImmutableArray<string> FunctionRoleArns { get; init; }

    /// <summary>What they give as <c>sts:ExternalId</c>.</summary>
    public required string ExternalId { get; init; }

    /// <summary>The organization that they must be of; null in a single account.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>The hub of an organization, as its other accounts name it.</summary>
    public static HubAddress Of(DeploymentSettings settings, OrganizationSettings organization, IEnumerable<ActionDescriptor> actions) => new()
    {
        BusArn = Here.BusArn(settings.HomeRegion, organization.Hub),
        FunctionRoleArns =
        [
            .. FunctionPlan.All(actions).Where(plan => plan.EntersAccounts)
                .Select(plan => $"arn:{Here.Partition}:iam::{organization.Hub}:role/{DeployedNames.Function(plan.Id)}"),
        ],
        ExternalId = DeployedNames.ExternalId(organization.Hub),
        OrganizationId = organization.Id,
    };

    /// <summary>The statement of the responder role's trust policy, which has at most 2,048 characters (IAM User Guide, "IAM and AWS STS quotas").</summary>
    public PolicyStatement ToTrust()
    {
        var equals = new Dictionary<string, object> { ["sts:ExternalId"] = ExternalId };
        if (OrganizationId is not null)
            equals["aws:PrincipalOrgID"] = OrganizationId;
        return new PolicyStatement(new PolicyStatementProps
        {
            Actions = ["sts:AssumeRole"],
            Principals = [.. FunctionRoleArns.Select(arn => new ArnPrincipal(arn))],
            Conditions = new Dictionary<string, object> { ["StringEquals"] = equals },
        });
    }
}
