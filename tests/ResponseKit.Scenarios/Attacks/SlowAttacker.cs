using ResponseKit.Scenarios.Calls;
using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Attacks;

/// <summary>Somebody with patience: one call in ten to thirty minutes over a working day, so that no hour stands out.</summary>
internal sealed class SlowAttacker : IScript
{
    public IEnumerable<Plot> Plots => [new("slow-attacker", "One call in a quarter of an hour, over eight hours", true, Play)];

    private static void Play(Stage stage)
    {
        Everyday.Live(stage, 10, 1200);
        var user = stage.User("it-automation");
        var key = stage.Dice.Key();
        for (var hour = 0; hour < 10; hour++)
        {
            stage.Person(user.WithKey(key, new("192.0.2.130", Agents.Boto3)), stage.After((hour * 60) + 15)).Pace(1, 5).Does(
                stage.Ec2(stage.Home).DescribeInstances(), stage.Ec2(stage.Home).Tag(stage.Dice.Ec2Id("i"), "backup", "daily"),
                    stage.Other(stage.Home).Read("backup", "ListBackupJobs"));
        }

        var thief = stage.Thief(user.WithKey(key, new("198.51.100.201", Agents.CliOnMac)), stage.After(61)).Pace(600, 1450);
        var ec2 = stage.Ec2(stage.Home);
        thief.Does(stage.Sts(stage.Home, thief.Now).WhoAmI(), IamCalls.Read("ListAttachedUserPolicies", new { userName = user.Name }), IamCalls.Read("ListUsers"))
            .Does(ec2.DescribeInstances(), stage.Other(stage.Home).Read("cloudtrail", "DescribeTrails"), stage.Other(stage.Home).GetServiceQuota("L-DB2E81BA"))
            .Does(ec2.RunInstances(new("g5.xlarge")).DryRun(), ec2.RunInstances(new("p3.2xlarge")).DryRun());

        var helper = stage.User("svc-inventory");
        var second = stage.Dice.Key();
        var iam = stage.Iam(thief.Now);
        thief.Does(iam.CreateUser(helper), iam.CreateAccessKey(helper, second), IamCalls.AttachUserPolicy(helper, IamCalls.Administrator));
        var mining = thief.As(stage.Stolen(helper.WithKey(second, new("198.51.100.214", Agents.CliOnMac))));
        mining.Does(stage.Sts(stage.Home, thief.Now).WhoAmI(),
            ec2.Read("DescribeImages", new { ownersSet = new { items = new[] { new { owner = "amazon" } } }, filterSet = new { } }));
        for (var launch = 0; launch < 4; launch++)
        {
            mining.Does(ec2.RunInstances(new("g5.2xlarge", 2) { UserData = true, Name = "inventory" }, out var ids));
            mining.Does(ids.Select(id => ec2.Protect(id)));
        }

        mining.Does(ec2.RunInstances(new("g5.12xlarge") { UserData = true, Protected = true, Name = "inventory" }), stage.Other(stage.Home).StopLogging("audit"));
    }
}
