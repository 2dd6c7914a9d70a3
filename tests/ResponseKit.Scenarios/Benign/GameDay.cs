using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Benign;

/// <summary>A game day: people break things on purpose, by hand and with AWS Fault Injection Service, and look at what comes back.</summary>
internal sealed class GameDay : IScript
{
    public IEnumerable<Plot> Plots => [new("game-day", "Instances are terminated and groups scaled down on purpose", false, Play)];

    private static void Play(Stage stage)
    {
        Everyday.Live(stage, 6, 700);
        var user = stage.User("chaos-lead");
        var hand = stage.Person(user.WithKey(stage.Dice.Key(), new("192.0.2.39", Agents.Cli)), stage.After(45)).Pace(5, 60);
        var ec2 = stage.Ec2(stage.Home);
        var groups = stage.AutoScaling(stage.Home);
        var ecs = stage.Ecs(stage.Home);
        var template = stage.Dice.Ec2Id("lt");
        for (var round = 0; round < 6; round++)
        {
            string[] victims = [.. Enumerable.Range(0, 4).Select(_ => stage.Dice.Ec2Id("i"))];
            hand.Does(ec2.DescribeInstances(), groups.Read("DescribeAutoScalingGroups"), ec2.TerminateInstances(victims));
            hand.Causes(groups.Service(hand.Now), 40, 90, groups.LaunchFor("web", template, "m6i.large", 4, out _));
            hand.Does(ecs.StopTask("main", "game day"), ecs.StopTask("main", "game day")).Does(Enumerable.Range(0, 10).Select(_ => ecs.Read("DescribeServices")));
            hand.Causes(stage.ServiceRole("ecs", "ECS").AtWork("ecs-service-scheduler", hand.Now, "ecs.amazonaws.com"), 5, 30, ecs.Interfaces(2));
            hand.WaitMinutes(8, 20);
        }

        hand.Does(groups.UpdateGroup("web", 0, 8, 0), groups.Suspend("web", "Launch", "Terminate", "HealthCheck"), ecs.UpdateService("main", "web", 0),
            stage.Other(stage.Home).Write("events", "DisableRule", new { name = "nightly-report" }))
            .Does(stage.Other(stage.Home).Write("rds", "FailoverDBCluster", new { dBClusterIdentifier = "orders" }),
                ec2.Write("CreateNetworkAclEntry", new
                {
                    networkAclId = stage.Dice.Ec2Id("acl"),
                    ruleNumber = 1,
                    egress = false,
                    ruleAction = "deny",
                    aclProtocol = "-1",
                    cidrBlock = "0.0.0.0/0"
                }))
            .WaitMinutes(15, 25)
            .Does(groups.Resume("web", "Launch", "Terminate", "HealthCheck"), groups.UpdateGroup("web", 20, 40, 20), ecs.UpdateService("main", "web", 25),
                stage.Other(stage.Home).Write("events", "EnableRule", new { name = "nightly-report" }));
        hand.Causes(groups.Service(hand.Now), 5, 30, groups.LaunchFor("web", template, "m6i.large", 20, out _));
        hand.WaitMinutes(20, 30).Does(groups.UpdateGroup("web", 2, 8, 3));
        Inject(stage, stage.After(300));
    }

    private static void Inject(Stage stage, DateTimeOffset time)
    {
        var role = stage.Role("fault-injection");
        var key = stage.Dice.TemporaryKey();
        stage.Person(Others.Service("fis.amazonaws.com"), time).Does(stage.Sts(stage.Home, time).AssumeRole(role, "fis-EXPabc123", key));
        var fis = stage.Person(role.Session("fis-EXPabc123", key, time, new("fis.amazonaws.com", "fis.amazonaws.com")), time.AddSeconds(1));
        fis.Does(stage.Ec2(stage.Home).DescribeInstances(), stage.Ec2(stage.Home).TerminateInstances(stage.Dice.Ec2Id("i"), stage.Dice.Ec2Id("i")),
            stage.Ec2(stage.Home).StopInstances(stage.Dice.Ec2Id("i")));
    }
}
