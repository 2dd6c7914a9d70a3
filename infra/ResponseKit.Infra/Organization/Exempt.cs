using System.Collections.Immutable;
using ResponseKit.Aws.Accounts;
using ResponseKit.Infra.Events;
using ResponseKit.Infra.Iam;
using ResponseKit.Infra.Settings;
using ResponseKit.Resources;

namespace ResponseKit.Infra.Organization;

/// <summary>
/// Whom service control policies leave out, by the ARN of the role that is behind a session. Two of them have the same name in all accounts; they are safe
/// because <see cref="TamperProtection"/> keeps everybody else from making or changing a role of these names.
/// </summary>
/// <param name="settings">What is deployed.</param>
/// <param name="organization">The organization.</param>
internal sealed class Exempt(DeploymentSettings settings, OrganizationSettings organization)
{
    /// <summary>The partition, which is known from the home region: the policies are made where nothing else tells it.</summary>
    public string Partition { get; } = Arn.PartitionOf(settings.HomeRegion);

    /// <summary>The role by which accounts are entered.</summary>
    public ImmutableArray<string> Responder => [new ResponderRole().ArnIn(Partition, "*")];

    /// <summary>The role under which StackSets works.</summary>
    public ImmutableArray<string> StackSets => [Deployers.StackSets(Partition, "*")];

    /// <summary>The roles of the hub's bootstrap, by their exact ARNs: the one that deploys, and the one that it passes to CloudFormation.</summary>
    public ImmutableArray<string> HubDeployers => [HubDeployer, HubRole("cfn-exec")];

    /// <summary>The first of these, which passes the other.</summary>
    public string HubDeployer => HubRole("deploy");

    /// <summary>Whom the settings name.</summary>
    public ImmutableArray<string> BreakGlass => organization.BreakGlass;

    /// <summary>A denial for all but these.</summary>
    public static Statement Deny(ImmutableArray<string> actions, ImmutableArray<string> resources, params ImmutableArray<string> but)
    {
        var statement = new Statement(actions, resources) { Denies = true };
        return but.IsEmpty ? statement : statement.When("ArnNotLike", "aws:PrincipalArn", but);
    }

    private string HubRole(string what) =>
        $"arn:{Partition}:iam::{organization.Hub}:role/cdk-{settings.BootstrapQualifier}-{what}-role-{organization.Hub}-{settings.HomeRegion}";
}
