using ResponseKit.Scenarios.Calls;
using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Benign;

/// <summary>What an administrator does by hand in a day: newcomers, instances, groups, protection, and an old trail that is no longer needed.</summary>
internal sealed class AdministratorsDay : IScript
{
    public IEnumerable<Plot> Plots => [new("administrator-day", "An administrator's day in the console and at the command line", false, Play)];

    private static void Play(Stage stage)
    {
        Everyday.Live(stage, 10, 1200);
        var user = stage.User("adm.fischer");
        var office = new Place("192.0.2.15", Agents.Chrome);
        var since = stage.After(12);
        stage.Person(user.SigningIn(office), since).Does(stage.Sts(Regions.Virginia, since).SignIn(mfa: true));
        var admin = stage.Person(user.WithSession(stage.Dice.TemporaryKey(), since, mfa: true, office, console: true), since.AddSeconds(20)).Pace(4, 40);
        Browse(stage, admin);
        Newcomers(stage, admin);
        admin.WaitMinutes(20, 60);
        Browse(stage, admin);
        Instances(stage, admin);
        admin.WaitMinutes(30, 80);
        Browse(stage, admin);
        admin.Does(stage.Other(stage.Home).Read("cloudtrail", "DescribeTrails"), stage.Other(stage.Home).StopLogging("trail-2019"),
            stage.Other(stage.Home).DeleteTrail("trail-2019"));
        CommandLine(stage, user);
    }

    private static void Browse(Stage stage, Hand admin)
    {
        for (var pages = 0; pages < 6; pages++)
            admin.Pace(0.1, 0.7).Does(Pages.Open(stage.Dice, stage.Home)).Wait(10, 60);
        admin.Pace(4, 40);
    }

    private static void Newcomers(Stage stage, Hand admin)
    {
        foreach (var name in new[] { "k.brandt", "e.silva", "o.kaya" })
        {
            var user = stage.User(name);
            var iam = stage.Iam(admin.Now);
            admin.Does(iam.CreateUser(user), iam.CreateLoginProfile(user, reset: true), IamCalls.AddUserToGroup(user, "engineers"),
                IamCalls.Read("ListGroupsForUser", new { userName = name }));
        }

        var keyed = stage.User("k.brandt");
        admin.Does(stage.Iam(admin.Now).CreateAccessKey(keyed, stage.Dice.Key()), IamCalls.AttachUserPolicy(stage.User("e.silva"), IamCalls.Administrator),
            IamCalls.UpdateLoginProfile(stage.User("lena.vogt")));
        var left = stage.User("former.colleague");
        admin.Does(IamCalls.UpdateAccessKey(left, stage.Dice.Key(), "Inactive"), IamCalls.DeleteLoginProfile(left));
    }

    private static void Instances(Stage stage, Hand admin)
    {
        var ec2 = stage.Ec2(stage.Home);
        var groups = stage.AutoScaling(stage.Home);
        var old = stage.Dice.Ec2Id("i");
        admin.Does(ec2.TerminateInstances(old).Failing("Client.OperationNotPermitted",
            $"The instance '{old}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again."))
            .Does(ec2.Protect(old, on: false), ec2.TerminateInstances(old))
            .Does(Enumerable.Range(0, 5).Select(_ => ec2.Protect(stage.Dice.Ec2Id("i"))))
            .Does(ec2.ProtectFromStop(stage.Dice.Ec2Id("i")))
            .Does(groups.UpdateGroup("web", 2, 8), groups.SetDesiredCapacity("web", 5), groups.Suspend("web", "AZRebalance"), groups.Resume("web", "AZRebalance"))
            .Does(ec2.RunInstances(new("m6i.2xlarge", 2) { Name = "build-agent", KeyName = "ops", Protected = true }, out var agents), ec2.DescribeInstances(agents))
            .Does(ec2.TerminateInstances([.. Enumerable.Range(0, 4).Select(_ => stage.Dice.Ec2Id("i"))]));
        admin.Causes(groups.Service(admin.Now), 5, 20, groups.LaunchFor("web", stage.Dice.Ec2Id("lt"), "m6i.large", 2, out _));
    }

    private static void CommandLine(Stage stage, IamUser user)
    {
        var cli = stage.Person(user.WithKey(stage.Dice.Key(), new("192.0.2.15", Agents.CliOnMac)), stage.After(420)).Pace(3, 60);
        var ec2 = stage.Ec2(stage.Home);
        var role = stage.Role("reports-reader");
        cli.Does(stage.Sts(stage.Home, cli.Now).WhoAmI(), ec2.DescribeInstances(), IamCalls.Read("ListUsers"), IamCalls.Read("GenerateCredentialReport"))
            .Does(ec2.RunInstances(new("m6i.large")).DryRun())
            .Does(stage.Iam(cli.Now).CreateRole(role, IamCalls.TrustedAccount(stage.Account)), IamCalls.AttachRolePolicy(role, "arn:aws:iam::aws:policy/ReadOnlyAccess"))
            .Does(stage.Other(stage.Home).GetServiceQuota(OtherCalls.VcpuQuotas[0]), stage.Other(stage.Home).RequestQuota(OtherCalls.VcpuQuotas[0], 256));
    }
}
