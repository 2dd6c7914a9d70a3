using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Attacks;

/// <summary>
/// A key from a public repository, tried in region after region (the EleKtra-Leak pattern). Every launch fails: the user may not, the account has no quota, or AWS
/// has not verified it for the region.
/// </summary>
internal sealed class FailingSpray : IScript
{
    private static readonly string[] Costly = ["p3.16xlarge", "g4dn.12xlarge", "g5.48xlarge", "c5a.24xlarge", "c6i.32xlarge", "p4d.24xlarge"];
    private static readonly string[] Small = ["t3.medium", "t3a.large", "m5.large", "c5.large"];

    public IEnumerable<Plot> Plots =>
    [
        new("failing-spray-denied", "Launches in many regions, none of which the user may make", true,
            stage => Play(stage, Costly, 17, (call, hand, _) => call.DeniedTo(hand.Caller, stage.Dice))),
        new("failing-spray-quota", "Launches in many regions, all over the quota", true,
            stage => Play(stage, Costly, 17, (call, _, type) => call.OverQuota(type[0] is 'p' or 'g' ? 0 : 32))),
        new("failing-spray-mixed", "Launches in many regions that fail for all kinds of reasons", true,
            stage => Play(stage, Costly, 17, (call, hand, type) => Somehow(stage, call, hand, type))),
        new("failing-spray-small", "Launches of small instances in fifteen regions, all of which fail", true,
            stage => Play(stage, Small, 15, (call, hand, type) => Somehow(stage, call, hand, type))),
    ];

    private static void Play(Stage stage, string[] types, int regions, Func<Call, Hand, string, Call> fail)
    {
        Everyday.Live(stage, 3, 700);
        var user = stage.User("static-site-upload");
        var key = stage.Dice.Key();
        stage.Person(user.WithKey(key, new("192.0.2.101", Agents.OldCli)), stage.After(20)).Pace(20, 200).Does(
            Enumerable.Range(0, 8)
                .Select(_ => stage.Other(stage.Home).Write("cloudfront", "CreateInvalidation",
                new { distributionId = "E2QWRUHAPOMQZL" }) with
                { Region = Regions.Virginia }));

        var thief = stage.Thief(user.WithKey(key, new("198.51.100.140", Agents.Boto3)), stage.After(95)).Pace(0.4, 2.5);
        LookAround(stage, thief);
        foreach (var region in Regions.Default.Take(regions))
        {
            var ec2 = stage.Ec2(region);
            foreach (var type in stage.Dice.Shuffled(types).Take(stage.Dice.Between(1, 3)))
                thief.Does(fail(ec2.RunInstances(new(type, stage.Dice.Between(1, 8)) { Least = 1, UserData = true }), thief, type));
        }
    }

    private static void LookAround(Stage stage, Hand thief)
    {
        thief.Does(stage.Sts(Regions.Virginia, thief.Now).WhoAmI());
        var ec2 = stage.Ec2(Regions.Virginia);
        thief.IsDenied(Calls.IamCalls.Read("ListAttachedUserPolicies"), Calls.IamCalls.Read("ListUsers"), Call.Read("ses", "GetSendQuota", Regions.Virginia))
            .IsDenied(ec2.Read("DescribeRegions"), ec2.Read("DescribeInstances"))
            .Does(stage.Other(Regions.Virginia).Read("s3", "ListBuckets", new { Host = "s3.amazonaws.com" }));
    }

    private static Call Somehow(Stage stage, Call call, Hand hand, string type) => stage.Dice.Between(0, 9) switch
    {
        < 4 => call.OverQuota(type[0] is 'p' or 'g' ? 0 : 16),
        < 7 => call.Unverified(),
        7 => call.NoSuchType(type),
        8 => call.NoSuchImage(stage.Dice.Ec2Id("ami")),
        _ => call.DeniedTo(hand.Caller, stage.Dice),
    };
}
