using ResponseKit.Response;

namespace ResponseKit.Aws.Actions.Ec2;

/// <summary>What it takes to look at what a fleet or Spot request launched, and to end it.</summary>
internal static class FleetPermissions
{
    private const string AnyInstance = "arn:{partition}:ec2:{region}:{account}:instance/*";

    /// <summary>Reads.</summary>
    public static IEnumerable<Permission> Looking => [new("cloudtrail:LookupEvents"), new("ec2:DescribeInstances"), new("ec2:DescribeInstanceAttribute")];

    /// <summary>Writes.</summary>
    public static IEnumerable<Permission> Ending => [new("ec2:ModifyInstanceAttribute", AnyInstance), new("ec2:TerminateInstances", AnyInstance)];
}
