using System.Collections.Immutable;
using ResponseKit.Infra.Iam;

namespace ResponseKit.Infra.Hub;

/// <summary>Where the functions may go: the responder roles that they may assume.</summary>
/// <param name="ResponderRoleArns">Their ARNs; <c>*</c> may stand for the account.</param>
/// <param name="OrganizationId">The organization that they must be of; null in a single account.</param>
internal sealed record AccountReach(ImmutableArray<string> ResponderRoleArns, string? OrganizationId = null)
{
    /// <summary>The permission to go there.</summary>
    public Statement ToStatement()
    {
        var assume = new Statement(["sts:AssumeRole"], ResponderRoleArns);
        return OrganizationId is null ? assume : assume.When("StringEquals", "aws:ResourceOrgID", OrganizationId);
    }
}
