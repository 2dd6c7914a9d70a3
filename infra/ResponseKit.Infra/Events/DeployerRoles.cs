using ResponseKit.Deployment;
using ResponseKit.Infra.Settings;
using ResponseKit.Policy;
using ResponseKit.Resources;

namespace ResponseKit.Infra.Events;

/// <summary>The roles under which this deployment is changed, as triage is told: those of the CDK bootstraps, and StackSets' in members.</summary>
internal static class DeployerRoles
{
    private static readonly string[] Roles = ["cfn-exec", "deploy"];

    /// <summary>The text of <see cref="FunctionVariables.Deployers"/>.</summary>
    public static string Write(DeploymentSettings settings)
    {
        IEnumerable<string> roles = settings.Organization is not { } organization
            ? Bootstrap(settings, Here.Account)
            : [.. Bootstrap(settings, organization.Hub), .. Bootstrap(settings, organization.Management), Deployers.StackSets(Arn.PartitionOf(settings.HomeRegion), "*")];
        return NamedDeployers.Write(roles, settings.Regions);
    }

    private static IEnumerable<string> Bootstrap(DeploymentSettings settings, string account) => Roles
        .Select(what => $"arn:{Here.Partition}:iam::{account}:role/cdk-{settings.BootstrapQualifier}-{what}-role-{account}-{{region}}");
}
