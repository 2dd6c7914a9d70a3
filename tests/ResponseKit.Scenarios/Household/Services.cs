using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Household;

/// <summary>Services of AWS at work in the account, most with roles that are linked to them.</summary>
internal sealed class Services(Stage stage, TimeSpan length, bool groups) : Member(stage, length)
{
    private readonly string _template = stage.Dice.Ec2Id("lt");
    private readonly List<string> _running = [stage.Dice.Ec2Id("i"), stage.Dice.Ec2Id("i")];

    protected override void Work(DateTimeOffset from)
    {
        switch (Dice.Between(0, 6))
        {
            case 0 when groups: AutoScaling(from); break;
            case 0 or 1: Tasks(from); break;
            case 2: Configuration(from); break;
            case 3: Advisor(from); break;
            case 4: Backups(from); break;
            case 5: Trail(from); break;
            default: ServiceEvent(from); break;
        }
    }

    private Hand Linked(string service, string suffix, string session, DateTimeOffset from)
    {
        var role = Stage.ServiceRole(service, suffix);
        Stage.Person(Others.Service($"{service}.amazonaws.com"), from).Does(Stage.Sts(Stage.Home, from).AssumeRole(role, session, Dice.TemporaryKey()));
        return Stage.Person(role.AtWork(session, from, $"{service}.amazonaws.com"), from.AddSeconds(1));
    }

    private void AutoScaling(DateTimeOffset from)
    {
        var hand = Linked("autoscaling", "AutoScaling", "AutoScaling", from);
        var ec2 = Stage.Ec2(Stage.Home);
        hand.Does(ec2.Read("DescribeInstanceStatus", new { instancesSet = Calls.Ec2Calls.Items(_running), filterSet = new { }, includeAllInstances = true }));
        hand.Does(Call.Read("elasticloadbalancing", "DescribeTargetHealth", Stage.Home));
        if (!Dice.Chance(0.5))
            return;
        if (_running.Count < 6)
        {
            hand.Does(Stage.AutoScaling(Stage.Home).LaunchFor("web", _template, "m6i.large", 1, out var launched));
            _running.AddRange(launched);
        }
        else
        {
            hand.Does(ec2.TerminateInstances(_running[0]));
            _running.RemoveAt(0);
        }
    }

    private void Tasks(DateTimeOffset from)
    {
        var hand = Linked("ecs", "ECS", "ecs-service-scheduler", from);
        hand.Does(Stage.Ecs(Stage.Home).Interfaces(Dice.Between(1, 2)))
            .Does(Stage.Other(Stage.Home).Write("elasticloadbalancing", "RegisterTargets",
                new
                {
                    targetGroupArn = $"arn:aws:elasticloadbalancing:{Stage.Home}:{Stage.Account}:targetgroup/web/{Dice.Hex(16)}",
                    targets = new[] { new { id = $"10.0.3.{Dice.Between(5, 200)}", port = 8080 } }
                }));
    }

    private void Configuration(DateTimeOffset from) => Linked("config", "Config", "ConfigResourceCompositionSession", from).Does(
        new[] { "DescribeVolumes", "DescribeNetworkInterfaces", "DescribeRouteTables", "DescribeSecurityGroups", "DescribeVpcs" }
            .Select(name => Call.Read("ec2", name, Stage.Home)));

    private void Advisor(DateTimeOffset from) => Linked("trustedadvisor", "TrustedAdvisor", "TrustedAdvisor", from).Does(
        Call.Read("iam", "ListUsers", Regions.Virginia), Call.Read("iam", "GetAccountSummary", Regions.Virginia),
            Call.Read("servicequotas", "ListServiceQuotas", Stage.Home, new { serviceCode = "ec2" }),
        Call.Read("ec2", "DescribeAccountLimits", Stage.Home), Call.Read("autoscaling", "DescribeAccountLimits", Stage.Home));

    private void Backups(DateTimeOffset from) => Linked("backup", "Backup", "AWSBackup-AWSServiceRoleForBackup", from).Does(
        Stage.Ec2(Stage.Home).Write("CreateSnapshot", new
        {
            volumeId = Dice.Ec2Id("vol"),
            description = "This snapshot is created by the AWS Backup service."
        }, new { snapshotId = Dice.Ec2Id("snap"), status = "pending" }),
        Call.Read("ec2", "DescribeSnapshots", Stage.Home));

    private void Trail(DateTimeOffset from) => Stage.Person(Others.Service("cloudtrail.amazonaws.com"), from).Does(
        Call.Read("s3", "GetBucketAcl", Stage.Home, new
        {
            bucketName = $"audit-{Stage.Account}",
            Host = $"audit-{Stage.Account}.s3.{Stage.Home}.amazonaws.com",
            acl = ""
        }),
        Stage.Other(Stage.Home).Read("kms", "GenerateDataKey", new { keyId = "alias/audit", keySpec = "AES_256" }));

    private void ServiceEvent(DateTimeOffset from) => Stage.Person(Others.ServiceItself(Stage.Account, "kms.amazonaws.com"), from).Does(
        new Call("kms", "RotateKey", Stage.Home) { EventType = "AwsServiceEvent", ServiceDetails = new { keyId = Dice.Guid() } });
}
