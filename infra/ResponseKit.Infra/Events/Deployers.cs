using System.Collections.Immutable;
using ResponseKit.Infra.Settings;

namespace ResponseKit.Infra.Events;

/// <summary>The roles under which CloudFormation changes what is deployed, by their exact ARNs: a prefix could be given to another role.</summary>
/// <param name="Regions">The regions in which they do; empty for all that events come from.</param>
/// <param name="RoleArns">
/// The roles. Only where nobody but AWS can make roles of a name may <c>*</c> stand in one: see <see cref="Organization.TamperProtection"/>.
/// </param>
internal sealed record Deployers(ImmutableArray<string> Regions, ImmutableArray<string> RoleArns)
{
    // A pattern holds the ARNs of so many regions well.
    private const int RegionsOfARule = 6;

    /// <summary>The account in which they do, or in all but which; null for all accounts.</summary>
    public string? Account { get; init; }

    /// <summary>Whether <see cref="Account"/> is the one that is left out.</summary>
    public bool Elsewhere { get; init; }

    /// <summary>
    /// Those of the CDK bootstrap of regions (AWS CDK Developer Guide, "Customize AWS CDK bootstrapping"), and of the home region, from which come IAM's
    /// global roles.
    /// </summary>
    public static Deployers Of(DeploymentSettings settings, params ImmutableArray<string> regions) => Of(settings, Here.Account, regions);

    /// <summary>Those of an account's bootstrap that change things in all regions, in as many parts as patterns have room for.</summary>
    private static ImmutableArray<Deployers> OfAll(DeploymentSettings settings, string account) =>
        [.. settings.Regions.Chunk(RegionsOfARule).Select(regions => Of(settings, account, [.. regions]))];

    /// <summary>All whose changes the hub knows to be meant.</summary>
    public static ImmutableArray<Deployers> OfHub(DeploymentSettings settings) =>
        settings.Organization is { } organization ? OfOrganization(settings, organization) : OfAll(settings, Here.Account);

    /// <summary>The role under which StackSets works in a member, which has a different number at its end in each.</summary>
    public static Deployers OfMember() => new([], [StackSets(Here.Partition, Here.Account)]);

    /// <summary>All that change things in an organization: the management account's bootstrap there, StackSets and the hub's bootstrap elsewhere.</summary>
    private static ImmutableArray<Deployers> OfOrganization(DeploymentSettings settings, OrganizationSettings organization) =>
    [
        new([], [StackSets(Here.Partition, "*"), Bootstrap(settings, organization.Hub, settings.HomeRegion)]) { Account = organization.Management, Elsewhere = true },
        .. OfAll(settings, organization.Management).Select(of => of with { Account = organization.Management }),
    ];

    /// <summary>
    /// The role that StackSets makes for itself in each account of an organization (CloudFormation User Guide, "Using service-linked roles for StackSets").
    /// </summary>
    public static string StackSets(string partition, string account) => $"arn:{partition}:iam::{account}:role/stacksets-exec-*";

    private static Deployers Of(DeploymentSettings settings, string account, ImmutableArray<string> regions) =>
        new(regions, [.. regions.Prepend(settings.HomeRegion).Distinct(StringComparer.Ordinal).Select(region => Bootstrap(settings, account, region))]);

    private static string Bootstrap(DeploymentSettings settings, string account, string region) =>
        $"arn:{Here.Partition}:iam::{account}:role/cdk-{settings.BootstrapQualifier}-cfn-exec-role-{account}-{region}";
}
