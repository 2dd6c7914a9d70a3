using ResponseKit.Scenarios.Calls;
using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Attacks;

/// <summary>A person, not a script: a leaked key to get in, a password to stay, everything else by hand in the console (Permiso's GUI-vil, 2023).</summary>
internal sealed class ConsoleMiner : IScript
{
    public IEnumerable<Plot> Plots => [new("gui-vil", "Somebody mines by hand in the console", true, Play)];

    private static void Play(Stage stage)
    {
        Everyday.Live(stage, 5, 900);
        var user = stage.User("gitlab-backup");
        var place = new Place("203.0.113.140", "S3 Browser/9.5.5 (https://s3browser.com)");
        var browser = new Place("203.0.113.141", Agents.Chrome);
        var thief = stage.Thief(user.WithKey(stage.Dice.Key(), place), stage.After(90)).Pace(5, 30);
        thief.Does(stage.Other(Regions.Virginia).Read("s3", "ListBuckets", new { Host = "s3.amazonaws.com" }), IamCalls.Read("ListUsers"));

        var admin = stage.User("sec_audit");
        var iam = stage.Iam(thief.Now);
        thief.Does(iam.CreateUser(admin), iam.CreateAccessKey(admin, stage.Dice.Key()), iam.CreateLoginProfile(admin, reset: false),
            IamCalls.PutUserPolicy(admin, "dq", IamCalls.Everything));
        stage.Stolen(admin.SigningIn(browser));
        // A password for a user who never had one blends in better than a new user.
        var sleeper = stage.User("w.adeyemi");
        thief.Does(iam.CreateLoginProfile(sleeper, reset: false));
        stage.Planted.Add(sleeper.Arn);

        thief.As(admin.SigningIn(browser)).WaitMinutes(3, 8).Does(stage.Sts(Regions.Virginia, thief.Now).SignIn(mfa: false));
        thief.As(admin.WithSession(stage.Dice.TemporaryKey(), thief.Now, mfa: false, browser, console: true)).Pace(0.1, 1.2);
        for (var pages = 0; pages < 6; pages++)
            thief.Does(Pages.Open(stage.Dice, stage.Home)).Wait(20, 90);
        foreach (var region in new[] { stage.Home, "us-east-2", Regions.Oregon, "ap-southeast-2" })
            InRegion(stage, thief, region);
    }

    private static void InRegion(Stage stage, Hand thief, string region)
    {
        var ec2 = stage.Ec2(region);
        thief.Pace(0.1, 0.8)
            .Does(new[] { "DescribeVpcs", "DescribeSubnets", "DescribeImages", "DescribeInstanceTypes", "DescribeKeyPairs", "DescribeSecurityGroups" }
            .Select(name => ec2.Read(name)));
        thief.Pace(15, 70).Does(ec2.CreateKeyPair("su32"),
            ec2.CreateSecurityGroup("launch-wizard-1", "launch-wizard-1 created 2026-03-10T09:51:22.144Z", out var group), ec2.OpenPort(group, 22, 22, "0.0.0.0/0"));
        thief.Does(ec2.RunInstances(new("c5.18xlarge", 5) { KeyName = "su32", SecurityGroup = group }).OverQuota(32))
            .Does(ec2.RunInstances(new("c5.4xlarge", 2) { KeyName = "su32", SecurityGroup = group, Name = "srv" }, out var ids));
        if (region == "us-east-2")
            thief.Does(ec2.TerminateInstances(ids)).Does(ec2.RunInstances(new("c5a.8xlarge") { KeyName = "su32", SecurityGroup = group, Name = "srv" }));
    }
}
