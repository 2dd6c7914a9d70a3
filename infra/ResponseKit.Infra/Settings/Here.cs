using ResponseKit.Deployment;

namespace ResponseKit.Infra.Settings;

/// <summary>CloudFormation's names for where a stack is, which it fills in when it deploys. (Within our namespaces, <c>Aws</c> alone is another.)</summary>
internal static class Here
{
    /// <summary>The partition.</summary>
    public static string Partition => Amazon.CDK.Aws.PARTITION;

    /// <summary>The account.</summary>
    public static string Account => Amazon.CDK.Aws.ACCOUNT_ID;

    /// <summary>The region.</summary>
    public static string Region => Amazon.CDK.Aws.REGION;

    /// <summary>The hub's bus.</summary>
    public static string BusArn(string region, string account) => $"arn:{Partition}:events:{region}:{account}:event-bus/{DeployedNames.Bus}";

    /// <summary>The role by which this account's rules send events to it.</summary>
    public static string ForwarderArn => $"arn:{Partition}:iam::{Account}:role/{DeployedNames.ForwarderRole}";

    /// <summary>The domain of the partition's services.</summary>
    public static string UrlSuffix => Amazon.CDK.Aws.URL_SUFFIX;
}
