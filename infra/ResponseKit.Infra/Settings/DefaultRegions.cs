using System.Collections.Immutable;
using ResponseKit.Resources;

namespace ResponseKit.Infra.Settings;

/// <summary>The regions that are watched when nobody names others.</summary>
public static class DefaultRegions
{
    /// <summary>
    /// The regions of the partition <c>aws</c> that are enabled in every account (AWS Account Management Reference Guide, "Enable or disable AWS Regions in
    /// your account"). An attacker can use them all without enabling anything.
    /// </summary>
    public static ImmutableArray<string> EnabledEverywhere { get; } =
    [
        "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1", "eu-central-1", "eu-north-1",
        "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2",
    ];

    /// <summary>
    /// Where IAM and other global services write their events (CloudTrail User Guide, "Global service events"; for the other partitions AWS's guides to
    /// GovCloud and China).
    /// </summary>
    public static string OfGlobalServices(string home) => Arn.PartitionOf(home) switch
    {
        "aws-cn" => "cn-north-1",
        "aws-us-gov" => "us-gov-west-1",
        _ => "us-east-1",
    };
}
