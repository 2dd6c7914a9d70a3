using ResponseKit.Deployment;
using ResponseKit.Infra.Settings;

namespace ResponseKit.Infra.Hub;

/// <summary>
/// Who may send to the hub's bus: the forwarder role, of this account or of any account of an organization, and nothing but AWS's own events.
/// </summary>
/// <param name="OrganizationId">The organization; null for this account alone.</param>
internal sealed record BusSenders(string? OrganizationId = null)
{
    /// <summary>The statement of the bus's policy.</summary>
    /// <param name="busArn">The bus.</param>
    public Dictionary<string, object> ToStatement(string busArn)
    {
        var equals = new Dictionary<string, object>();
        if (OrganizationId is not null)
            equals["aws:PrincipalOrgID"] = OrganizationId;
        else
            equals["aws:PrincipalAccount"] = Here.Account;
        var account = OrganizationId is null ? Here.Account : "*";
        return new()
        {
            ["Sid"] = "Forwarders",
            ["Effect"] = "Allow",
            ["Principal"] = OrganizationId is null ? new Dictionary<string, object> { ["AWS"] = $"arn:{Here.Partition}:iam::{Here.Account}:root" } : "*",
            ["Action"] = "events:PutEvents",
            ["Resource"] = busArn,
            ["Condition"] = new Dictionary<string, object>
            {
                ["StringEquals"] = equals,
                ["StringLike"] = new Dictionary<string, object> { ["events:source"] = "aws.*" },
                ["ArnLike"] = new Dictionary<string, object> { ["aws:PrincipalArn"] = $"arn:{Here.Partition}:iam::{account}:role/{DeployedNames.ForwarderRole}" },
            },
        };
    }
}
