using ResponseKit.Scenarios.Calls;
using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Attacks;

/// <summary>
/// The mining campaign that GuardDuty saw from 2 November 2025 (AWS Security Blog of 16 December 2025, and the press on it): a user's stolen key with the rights of
/// an administrator, miners within ten minutes, ECS and EC2 side by side, instances protected, a public function and a user for mail left behind.
/// </summary>
internal sealed class CampaignOfNovember : IScript
{
    public IEnumerable<Plot> Plots =>
    [
        new("nov-2025-campaign", "A stolen administrator's key mines on ECS and EC2", true, stage => Play(stage, hidden: false)),
        new("nov-2025-campaign-boto3", "The same, with boto3, whose protection of instances CloudTrail hides", true, stage => Play(stage, hidden: true)),
    ];

    private static void Play(Stage stage, bool hidden)
    {
        Everyday.Live(stage, 3, 900, groups: false);
        var owner = stage.User("platform-admin");
        var key = stage.Dice.Key();
        Owner(stage, owner.WithKey(key, new("192.0.2.44", Agents.Cli)));

        var place = new Place("198.51.100.77", hidden ? Agents.Boto3 : Agents.GoTool);
        var thief = stage.Thief(owner.WithKey(key, place), stage.After(70)).Pace(0.3, 2);
        Probe(stage, thief);
        Roles(stage, thief, out var role);
        Containers(stage, thief);
        var instances = Groups(stage, thief);
        Own(stage, thief, instances);
        var ec2 = stage.Ec2(stage.Home);
        thief.Pace(0.15, 0.5).Does(instances.Select(id => hidden ? ec2.ProtectHidden(id) : ec2.Protect(id)));
        Persist(stage, thief, role);
    }

    // The key's owner works on.
    private static void Owner(Stage stage, Caller owner)
    {
        foreach (var minute in new[] { 4, 31, 66, 95, 150 })
        {
            stage.Person(owner, stage.After(minute)).Pace(2, 40).Does(
                stage.Sts(stage.Home, stage.Start).WhoAmI(), stage.Ec2(stage.Home).DescribeInstances(), stage.Ecs(stage.Home).Read("ListClusters"),
                    stage.AutoScaling(stage.Home).Read("DescribeAutoScalingGroups"));
        }
    }

    private static void Probe(Stage stage, Hand thief)
    {
        var ec2 = stage.Ec2(stage.Home);
        thief.Does(stage.Sts(stage.Home, thief.Now).WhoAmI())
            .Does(OtherCalls.VcpuQuotas.Select(code => stage.Other(stage.Home).GetServiceQuota(code)))
            .Does(stage.Other(stage.Home).GetServiceQuota("L-3032A538", "fargate"))
            .Does(ec2.Read("DescribeRegions"), ec2.Read("DescribeVpcs"), ec2.Read("DescribeSubnets"))
            .Does(new[] { "c6a.4xlarge", "c6i.8xlarge", "g4dn.xlarge", "g5.xlarge", "m6i.4xlarge", "r6i.2xlarge" }.Select(type => ec2.RunInstances(new(type)).DryRun()));
    }

    private static void Roles(Stage stage, Hand thief, out IamRole role)
    {
        var autoScaling = stage.ServiceRole("autoscaling", "AutoScaling");
        role = stage.Role(stage.Dice.Text("abcdefghijklmnopqrstuvwxyz", 9));
        var iam = stage.Iam(thief.Now);
        thief.Does(iam.CreateServiceLinkedRole(autoScaling, "autoscaling"))
            .Does(iam.CreateRole(role, IamCalls.TrustedService("lambda")),
                IamCalls.AttachRolePolicy(role, "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"));
        stage.Planted.Add(role.Arn);
    }

    private static void Containers(Stage stage, Hand thief)
    {
        var ecs = stage.Ecs(stage.Home);
        var service = stage.ServiceRole("ecs", "ECS").AtWork("ecs-service-scheduler", thief.Now, "ecs.amazonaws.com");
        for (var index = 0; index < 54; index++)
        {
            var name = stage.Dice.Text("abcdefghijklmnopqrstuvwxyz0123456789", 12);
            thief.Pace(0.2, 0.9).Does(
                ecs.CreateCluster(name),
                ecs.RegisterTaskDefinition(name, "yenik65958/secret:user", "16384", "32768"),
                ecs.CreateService(name, name, name, 10, publicAddress: true));
            if (index % 3 == 0)
                thief.Causes(service, 4, 20, ecs.Interfaces(stage.Dice.Between(2, 6)));
        }
    }

    private static List<string> Groups(Stage stage, Hand thief)
    {
        var ec2 = stage.Ec2(stage.Home);
        var groups = stage.AutoScaling(stage.Home);
        var instances = new List<string>();
        thief.Pace(0.5, 2).Does(
            ec2.CreateLaunchTemplate($"{stage.Dice.Hex(8)}-g", "g4dn.xlarge", thief.Caller.Arn!, out var gpu),
            ec2.CreateLaunchTemplate($"{stage.Dice.Hex(8)}-c", "c6a.4xlarge", thief.Caller.Arn!, out var cpu));
        for (var index = 0; index < 14; index++)
        {
            var name = $"{(index % 2 == 0 ? "SPOT" : "OD")}-{stage.Home}-G{index / 2}-{stage.Dice.Hex(6)}";
            var (template, type) = index < 6 ? (gpu, "g4dn.xlarge") : (cpu, "c6a.4xlarge");
            thief.Does(groups.CreateGroup(name, template, 20, 999, mixed: index % 2 == 0));
            var launches = Enumerable.Range(0, 4).Select(_ =>
            {
                var call = groups.LaunchFor(name, template, type, 5, out var ids, fleet: index % 2 == 0);
                if (index is 3 or 9)
                    return call.OverQuota(256);
                instances.AddRange(ids);
                return call;
            }).ToList();
            thief.Causes(groups.Service(thief.Now), 3, 15, launches);
        }

        return instances;
    }

    private static void Own(Stage stage, Hand thief, List<string> instances)
    {
        foreach (var type in new[] { "g5.12xlarge", "p3.8xlarge", "c6i.32xlarge" })
        {
            var call = stage.Ec2(stage.Home).RunInstances(new(type, 4) { Least = 1, UserData = true }, out var ids);
            thief.Does(type == "p3.8xlarge" ? call.OverQuota(0) : call);
            if (type != "p3.8xlarge")
                instances.AddRange(ids);
        }

        thief.Wait(5, 20).Does(stage.Ec2(stage.Home).DescribeInstances());
    }

    private static void Persist(Stage stage, Hand thief, IamRole role)
    {
        var lambda = stage.Lambda(stage.Home);
        var function = stage.Dice.Text("abcdefghijklmnopqrstuvwxyz", 10);
        thief.Pace(1, 4).Does(
            lambda.CreateFunction(function, role),
            lambda.CreateUrl(function, "NONE"),
            lambda.AddPermission(function, "FunctionURLAllowPublicAccess", "*", "lambda:InvokeFunctionUrl", "NONE"),
            lambda.AddPermission(function, "FunctionURLAllowInvoke", "*"));
        var mailer = stage.User($"user-{stage.Dice.Text("abcdefghijklmnopqrstuvwxyz0123456789", 8)}");
        var iam = stage.Iam(thief.Now);
        thief.Does(iam.CreateUser(mailer), IamCalls.AttachUserPolicy(mailer, "arn:aws:iam::aws:policy/AmazonSESFullAccess"),
            iam.CreateAccessKey(mailer, stage.Dice.Key()))
            .Does(stage.Other(stage.Home).Read("ses", "GetSendQuota"));
        stage.Planted.Add(mailer.Arn);
    }
}
