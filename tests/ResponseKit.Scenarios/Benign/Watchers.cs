using ResponseKit.Scenarios.Calls;
using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Benign;

/// <summary>
/// Programs whose work is to look at everything: a monitoring tool with a user's key, and a scanner of security posture with a role. They ask what a thief asks
/// first, and are often turned down.
/// </summary>
internal sealed class Watchers : IScript
{
    private static readonly string[] Everything =
    [
        "ec2:DescribeInstances", "ec2:DescribeInstanceAttribute", "ec2:DescribeSecurityGroups", "ec2:DescribeVpcs", "ec2:DescribeImages",
            "ec2:DescribeSnapshots", "ec2:DescribeLaunchTemplates",
        "ec2:DescribeFlowLogs", "ec2:GetEbsEncryptionByDefault", "ec2:DescribeAccountAttributes", "ec2:DescribeRegions", "ec2:DescribeKeyPairs",
            "autoscaling:DescribeAutoScalingGroups",
        "ecs:ListClusters", "ecs:ListTaskDefinitions", "eks:ListClusters", "lambda:ListFunctions20150331", "lambda:GetPolicy20150331v2",
            "cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus",
        "cloudtrail:GetEventSelectors", "guardduty:ListDetectors", "guardduty:GetDetector", "securityhub:DescribeHub",
            "config:DescribeConfigurationRecorders", "ses:GetSendQuota",
        "ses:ListIdentities", "ses:GetAccount", "servicequotas:ListServiceQuotas", "bedrock:ListFoundationModels",
            "bedrock:GetModelInvocationLoggingConfiguration", "sagemaker:ListNotebookInstances",
        "secretsmanager:ListSecrets", "kms:ListKeys", "rds:DescribeDBInstances", "codebuild:ListProjects", "amplify:ListApps", "lightsail:GetInstances",
    ];

    private static readonly string[] OfIam =
        ["ListUsers", "ListRoles", "ListPolicies", "ListAccessKeys", "ListMFADevices", "GetAccountSummary", "GetAccountPasswordPolicy",
            "GenerateCredentialReport", "GetCredentialReport", "GetAccountAuthorizationDetails", "ListAttachedUserPolicies"];

    public IEnumerable<Plot> Plots =>
    [
        new("monitoring-user", "A monitoring tool's user reads everything everywhere, and is often denied", false, MonitoringUser),
        new("cspm-scanner", "A scanner of security posture goes through all regions", false, Scanner),
    ];

    private static void MonitoringUser(Stage stage)
    {
        Everyday.Live(stage, 8, 500);
        var user = stage.User("monitoring");
        var caller = user.WithKey(stage.Dice.Key(), new("192.0.2.166", Agents.Boto3));
        for (var round = 0; round < 4; round++)
        {
            var hand = stage.Person(caller, stage.After(10 + (round * 115))).Pace(0.05, 0.4);
            hand.Does(stage.Sts(Regions.Virginia, hand.Now).WhoAmI()).Does(OfIam.Take(6).Select(name => IamCalls.Read(name)))
                .IsDenied(OfIam.Skip(6).Select(name => IamCalls.Read(name)));
            foreach (var region in Regions.Default)
            {
                Look(stage, hand, region, denied: 0.3, of: 26);
                hand.Does(OtherCalls.VcpuQuotas.Select(code => stage.Other(region).GetServiceQuota(code)));
            }
        }
    }

    private static void Scanner(Stage stage)
    {
        Everyday.Live(stage, 8, 500);
        var role = stage.Role("PostureScanner");
        for (var round = 0; round < 2; round++)
        {
            var start = stage.After(30 + (round * 240));
            var place = new Place("198.51.100.250", Agents.GoTool);
            var key = stage.Dice.TemporaryKey();
            stage.Person(Others.Foreign("888877776666", "AROAPOSTURESCANNERX7Z:scan", place), start)
                .Does(stage.Sts(Regions.Virginia, start).AssumeRole(role, "posture-scan", key, 3600, stage.Dice.Guid()));
            var hand = stage.Person(role.Session("posture-scan", key, start, place), start.AddSeconds(1)).Pace(0.05, 0.3);
            hand.Does(stage.Sts(Regions.Virginia, hand.Now).WhoAmI()).Does(OfIam.Select(name => IamCalls.Read(name)));
            foreach (var region in Regions.Default)
                Look(stage, hand, region, denied: 0.05, of: Everything.Length);
        }
    }

    private static void Look(Stage stage, Hand hand, string region, double denied, int of)
    {
        foreach (var entry in stage.Dice.Shuffled(Everything).Take(of))
        {
            var call = Call.Read(entry.Split(':')[0], entry.Split(':')[1], region);
            hand.Does(stage.Dice.Chance(denied) ? call.DeniedTo(hand.Caller, stage.Dice) : call);
        }
    }
}
