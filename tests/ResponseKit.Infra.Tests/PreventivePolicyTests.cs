using ResponseKit.Testing;
using ResponseKit.Testing.Policies;

namespace ResponseKit.Infra.Tests;

/// <summary>The service control policies of docs/guardrails, which people attach themselves.</summary>
public sealed class PreventivePolicyTests
{
    // Of organizations with the quota of before May 2026, spaces and all, with room for regions and exemptions of one's own.
    private const int Room = 5_120 - 1_000;
    private const string Engineer = "arn:aws:iam::111122223333:role/engineer";
    private const string Instance = "arn:aws:ec2:us-east-1:111122223333:instance/*";

    public static TheoryData<string> Files => [.. Directory.GetFiles(Repository.PathOf("docs", "guardrails"), "*.json").Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Files))]
    public void It_is_valid_and_leaves_room(string file)
    {
        var policy = Policy(file);

        Assert.Empty(PolicyGrammar.Problems(policy, PolicyKind.ServiceControl));
        Assert.InRange(policy.Length, 100, Room);
        Assert.Contains($"({file})", Repository.Read("docs", "guardrails", "README.md"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p5.48xlarge", true)]
    [InlineData("g4dn.xlarge", true)]
    [InlineData("gr6.4xlarge", true)]
    [InlineData("trn1n.32xlarge", true)]
    [InlineData("inf2.xlarge", true)]
    [InlineData("f2.6xlarge", true)]
    [InlineData("hpc7a.96xlarge", true)]
    [InlineData("t3.micro", false)]
    [InlineData("c7g.16xlarge", false)]
    [InlineData("m7i-flex.large", false)]
    [InlineData("i4g.large", false)]
    [InlineData("im4gn.large", false)]
    public void Accelerated_instances_are_not_launched_and_others_are(string type, bool isDenied)
    {
        Assert.Equal(isDenied, PolicyJudge.Denies(Policy("accelerators.json"), "ec2:RunInstances", Instance, ("ec2:InstanceType", type)));
        Assert.False(PolicyJudge.Denies(Policy("accelerators.json"), "ec2:TerminateInstances", Instance, ("ec2:InstanceType", type)));
    }

    [Theory]
    [InlineData("ec2:RunInstances", "ap-south-1", Engineer, true)]
    [InlineData("lambda:CreateFunction", "us-west-2", Engineer, true)]
    [InlineData("ec2:DescribeInstances", "ap-south-1", Engineer, true)]
    [InlineData("ec2:RunInstances", "eu-west-1", Engineer, false)]
    [InlineData("iam:CreateRole", "us-east-1", Engineer, false)]
    [InlineData("sts:AssumeRole", "ap-south-1", Engineer, false)]
    [InlineData("route53:ChangeResourceRecordSets", "us-east-1", Engineer, false)]
    [InlineData("ec2:TerminateInstances", "ap-south-1", "arn:aws:iam::111122223333:role/ResponseKitResponder", false)]
    [InlineData("events:PutRule", "ap-south-1", "arn:aws:iam::111122223333:role/stacksets-exec-1a2b3c", false)]
    [InlineData("ec2:RunInstances", "ap-south-1", "arn:aws:iam::111122223333:role/ResponseKitResponder2", true)]
    public void Only_regions_in_use_are_used_and_ResponseKit_gets_everywhere(string action, string region, string caller, bool isDenied) =>
        Assert.Equal(isDenied, PolicyJudge.Denies(Policy("regions.json"), action, "*", ("aws:RequestedRegion", region), ("aws:PrincipalArn", caller)));

    [Theory]
    [InlineData("watchers.json", "cloudtrail:StopLogging", true)]
    [InlineData("watchers.json", "cloudtrail:PutEventSelectors", true)]
    [InlineData("watchers.json", "guardduty:DeleteDetector", true)]
    [InlineData("watchers.json", "config:StopConfigurationRecorder", true)]
    [InlineData("watchers.json", "cloudtrail:StartLogging", false)]
    [InlineData("watchers.json", "cloudtrail:LookupEvents", false)]
    [InlineData("watchers.json", "guardduty:CreateDetector", false)]
    [InlineData("membership.json", "organizations:LeaveOrganization", true)]
    [InlineData("membership.json", "account:EnableRegion", true)]
    [InlineData("membership.json", "organizations:DescribeOrganization", false)]
    [InlineData("membership.json", "account:PutAlternateContact", false)]
    public void Watchers_and_membership_are_kept_and_all_else_goes_on(string file, string action, bool isDenied) =>
        Assert.Equal(isDenied, PolicyJudge.Denies(Policy(file), action, "*", ("aws:PrincipalArn", Engineer)));

    private static string Policy(string file) => Repository.Read("docs", "guardrails", file);
}
