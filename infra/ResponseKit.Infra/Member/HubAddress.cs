using System.Collections.Immutable;

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

    /// <summary>What the responder role's trust asks for besides.</summary>
    public Dictionary<string, object> TrustConditions
    {
        get
        {
            var equals = new Dictionary<string, object> { ["sts:ExternalId"] = ExternalId };
            if (OrganizationId is not null)
                equals["aws:PrincipalOrgID"] = OrganizationId;
            return new() { ["StringEquals"] = equals };
        }
    }
}
