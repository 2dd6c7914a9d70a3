using System.Collections.Immutable;
using ResponseKit.Infra.Settings;

namespace ResponseKit.Infra.Events;

/// <summary>The roles under which CloudFormation changes what is deployed, by their exact ARNs: a prefix could be given to another role.</summary>
/// <param name="Regions">The regions in which they do; empty for all that events come from.</param>
/// <param name="RoleArns">The roles.</param>
internal sealed record Deployers(ImmutableArray<string> Regions, ImmutableArray<string> RoleArns)
{
    /// <summary>
    /// Those of the CDK bootstrap of regions (AWS CDK Developer Guide, "Customize AWS CDK bootstrapping"), and of the home region, from which come IAM's
    /// global roles.
    /// </summary>
    public static Deployers Of(DeploymentSettings settings, params ImmutableArray<string> regions) => new(
        regions,
        [
            .. regions.Prepend(settings.HomeRegion).Distinct(StringComparer.Ordinal).Select(region =>
                $"arn:{Here.Partition}:iam::{Here.Account}:role/cdk-{settings.BootstrapQualifier}-cfn-exec-role-{Here.Account}-{region}"),
        ]);
}
