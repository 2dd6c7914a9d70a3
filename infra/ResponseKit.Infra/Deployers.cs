using ResponseKit.Infra.Settings;

namespace ResponseKit.Infra;

/// <summary>The role under which CloudFormation changes what is deployed.</summary>
internal static class Deployers
{
    /// <summary>That of a region's CDK bootstrap (AWS CDK Developer Guide, "Customize AWS CDK bootstrapping").</summary>
    public static string Of(DeploymentSettings settings, string region) =>
        $"arn:{Here.Partition}:iam::{Here.Account}:role/cdk-{settings.BootstrapQualifier}-cfn-exec-role-{Here.Account}-{region}";
}
