using Amazon.CDK.AWS.IAM;
using ResponseKit.Deployment;
using ResponseKit.Infra.Settings;

namespace ResponseKit.Infra.Member;

/// <summary>All that a member knows of the hub.</summary>
internal sealed record HubAddress
{
    /// <summary>The hub's bus.</summary>
    public required string BusArn { get; init; }

    /// <summary>The hub's account.</summary>
    public required string Account { get; init; }

    /// <summary>The organization that they must be of; null in a single account.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>The hub of an organization, as its other accounts name it.</summary>
    public static HubAddress Of(DeploymentSettings settings, OrganizationSettings organization) => new()
    {
        BusArn = Here.BusArn(settings.HomeRegion, organization.Hub),
        Account = organization.Hub,
        OrganizationId = organization.Id,
    };

    /// <summary>
    /// The statement of the responder role's trust policy: the functions of the hub that enter accounts, by what their roles are called and by a tag of theirs.
    /// A trust policy has at most 2,048 characters (IAM User Guide, "IAM and AWS STS quotas"), too few to name each; and one that names a role stops trusting
    /// it when it is deleted and made anew (IAM User Guide, "AWS JSON policy elements: Principal").
    /// </summary>
    public PolicyStatement ToTrust()
    {
        var equals = new Dictionary<string, object>
        {
            ["sts:ExternalId"] = DeployedNames.ExternalId(Account),
            [$"aws:PrincipalTag/{DeployedNames.EnteringTag}"] = "true",
        };
        if (OrganizationId is not null)
            equals["aws:PrincipalOrgID"] = OrganizationId;
        return new PolicyStatement(new PolicyStatementProps
        {
            Actions = ["sts:AssumeRole"],
            Principals = [new ArnPrincipal($"arn:{Here.Partition}:iam::{Account}:root")],
            Conditions = new Dictionary<string, object>
            {
                ["StringEquals"] = equals,
                ["ArnLike"] = new Dictionary<string, object> { ["aws:PrincipalArn"] = $"arn:{Here.Partition}:iam::{Account}:role/{DeployedNames.Function("*")}" },
                // A star spans slashes: somebody else's role below a path that begins so is none of them.
                ["ArnNotLike"] = new Dictionary<string, object> { ["aws:PrincipalArn"] = $"arn:{Here.Partition}:iam::{Account}:role/*/*" },
            },
        });
    }
}
