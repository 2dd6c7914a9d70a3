using System.Collections.Immutable;

namespace ResponseKit.Infra.Settings;

/// <summary>The organization to deploy into, for <c>-c scope=organization</c>.</summary>
public sealed record OrganizationSettings
{
    /// <summary>The organization's id: <c>o-…</c>. <c>-c organization</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The security account, which has the hub and administers StackSets for the organization. <c>-c hub</c>.</summary>
    public required string Hub { get; init; }

    /// <summary>The management account, which StackSets and service control policies do not reach. <c>-c management</c>.</summary>
    public required string Management { get; init; }

    /// <summary>The organizational units, or the root, whose accounts are members. <c>-c units</c>.</summary>
    public required ImmutableArray<string> Units { get; init; }

    /// <summary>
    /// Who may do what the service control policies deny to everybody else, as roles' ARNs. <c>-c breakglass</c>. Only a role of Identity Center may stand
    /// for many accounts: nobody else can make one in its path.
    /// </summary>
    public ImmutableArray<string> BreakGlass { get; init; } = [];
}
