using ResponseKit.Scenarios.Calls;
using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Attacks;

/// <summary>A leaked key, exchanged for a session, exchanged for a role, which makes the user whose key does the mining: four names for one thief.</summary>
internal sealed class SessionChain : IScript
{
    public IEnumerable<Plot> Plots => [new("getsessiontoken-chain", "Key, session, role, new user: each got by the one before", true, Play)];

    private static void Play(Stage stage)
    {
        Everyday.Live(stage, 4, 800);
        var user = stage.User("contractor-ops");
        var key = stage.Dice.Key();
        var role = stage.Role("OperationsAdmin");
        var honest = stage.Person(user.WithKey(key, new("192.0.2.58", Agents.CliOnMac)), stage.After(10)).Pace(3, 20);
        var own = stage.Dice.TemporaryKey();
        honest.Does(stage.Sts(stage.Home, honest.Now).AssumeRole(role, "contractor-ops", own));
        stage.Person(role.Session("contractor-ops", own, honest.Now, honest.Caller.Place), honest.Now).Pace(10, 90).Does(
            stage.Ec2(stage.Home).DescribeInstances(), stage.Ec2(stage.Home).Tag(stage.Dice.Ec2Id("i"), "patch-group", "b"),
                stage.Other(stage.Home).Read("ssm", "DescribeInstanceInformation"));

        var place = new Place("203.0.113.99", Agents.Boto3);
        var thief = stage.Thief(user.WithKey(key, place), stage.After(120)).Pace(2, 8);
        var session = stage.Dice.TemporaryKey();
        var assumed = stage.Dice.TemporaryKey();
        thief.Does(stage.Sts(Regions.Virginia, thief.Now).WhoAmI(), stage.Sts(Regions.Virginia, thief.Now).GetSessionToken(session, 129600));
        thief.As(user.WithSession(session, thief.Now, mfa: false, place)).Does(stage.Sts(Regions.Virginia, thief.Now).WhoAmI())
            .Does(stage.Sts(Regions.Virginia, thief.Now).AssumeRole(role, "botocore-session-1773137312", assumed, 3600));

        var miner = stage.User("ops-metrics-agent");
        var minersKey = stage.Dice.Key();
        thief.As(stage.Stolen(role.Session("botocore-session-1773137312", assumed, thief.Now, place)));
        var iam = stage.Iam(thief.Now);
        thief.Does(IamCalls.Read("ListUsers"), iam.CreateUser(miner), IamCalls.AttachUserPolicy(miner, "arn:aws:iam::aws:policy/AmazonEC2FullAccess"),
            iam.CreateAccessKey(miner, minersKey)).WaitMinutes(2, 6);

        thief.As(stage.Stolen(miner.WithKey(minersKey, new("203.0.113.101", Agents.Boto3)))).Pace(0.5, 2);
        foreach (var region in Regions.Default.Take(9))
        {
            var ec2 = stage.Ec2(region);
            thief.Does(ec2.Read("DescribeImages"), ec2.RunInstances(new("c6a.16xlarge", 6) { Least = 1, UserData = true }, out var ids));
            thief.Does(ids.Take(2).Select(id => ec2.Protect(id)));
        }
    }
}
