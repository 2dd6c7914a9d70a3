using ResponseKit.Scenarios.Calls;
using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Benign;

/// <summary>An engineer on call who may read little and change less, in a hurry: nearly everything is denied.</summary>
internal sealed class SupportEngineer : IScript
{
    public IEnumerable<Plot> Plots => [new("support-engineer", "An engineer on call is denied nearly everything", false, Play)];

    private static void Play(Stage stage)
    {
        Everyday.Live(stage, 6, 700);
        var role = stage.Role("AWSReservedSSO_Support_" + stage.Dice.Hex(16), "/aws-reserved/sso.amazonaws.com/");
        var caller = role.Session("t.lindqvist@corp.example", stage.Dice.TemporaryKey(), stage.After(40), new("192.0.2.29", Agents.Chrome)) with { InConsole = true };
        var hand = stage.Person(caller, stage.After(41)).Pace(0.2, 1);
        for (var pages = 0; pages < 14; pages++)
        {
            hand.Does(Pages.Open(stage.Dice, stage.Home).Select(call => stage.Dice.Chance(0.4) ? call.DeniedTo(hand.Caller, stage.Dice) : call)).Wait(20, 120);
        }

        var ec2 = stage.Ec2(stage.Home);
        var instance = stage.Dice.Ec2Id("i");
        hand.Pace(10, 60).IsDenied(ec2.StopInstances(instance), ec2.StartInstances(instance), ec2.TerminateInstances(instance),
            ec2.Protect(instance, on: false), ec2.RunInstances(new("m6i.large")), ec2.OpenPort(stage.Dice.Ec2Id("sg"), 22, 22, "192.0.2.29/32"))
            .IsDenied(stage.AutoScaling(stage.Home).SetDesiredCapacity("web", 6), stage.Ecs(stage.Home).UpdateService("main", "web", 6),
                stage.Lambda(stage.Home).UpdateConfiguration("thumbnails"))
            .IsDenied(IamCalls.Other("SimulatePrincipalPolicy", null), stage.Iam(hand.Now).CreateAccessKey(stage.User("reports-export"), stage.Dice.Key()),
                stage.Other(stage.Home).GetServiceQuota(OtherCalls.VcpuQuotas[0]), stage.Other(stage.Home).Read("guardduty", "ListDetectors"),
                stage.Other(stage.Home).Read("cloudtrail", "LookupEvents"))
            .Does(stage.Other(stage.Home).Write("support", "CreateCase", new { subject = "Degraded service", severityCode = "urgent" },
                new { caseId = $"case-{stage.Account}-{stage.Dice.Digits(10)}" }), stage.Other(stage.Home).Read("health", "DescribeEvents"));

        var cli = stage.Person(role.Session("t.lindqvist@corp.example", stage.Dice.TemporaryKey(), stage.After(100), new("192.0.2.29", Agents.CliOnMac)),
            stage.After(102)).Pace(2, 15);
        cli.Does(stage.Sts(stage.Home, cli.Now).WhoAmI(), ec2.DescribeInstances());
        foreach (var region in Regions.Default)
            cli.IsDenied(stage.Ec2(region).DescribeInstances(), stage.Ecs(region).Read("ListClusters"));
    }
}
