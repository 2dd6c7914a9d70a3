using ResponseKit.Scenarios.Calls;
using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Attacks;

/// <summary>
/// The role of an application's instances, after three weeks of honest use: somebody takes a session out of an instance and uses it from outside, while the
/// application goes on.
/// </summary>
internal sealed class HijackedRole : IScript
{
    private const int Days = 21;

    public IEnumerable<Plot> Plots => [new("hijacked-role", "An instance's session is used from outside, while the application goes on", true, Play)];

    private static void Play(Stage stage)
    {
        Everyday.Live(stage, 24 * Days, 1300);
        var role = stage.Role("orders-worker", "/applications/");
        var instance = stage.Dice.Ec2Id("i");
        var endpoint = stage.Dice.Ec2Id("vpce");
        var inside = new Place("10.20.4.31", Agents.JavaApplication) { VpcEndpoint = endpoint };
        var theft = stage.Start.AddDays(Days - 1).AddHours(13);
        var stolen = stage.Dice.TemporaryKey();
        // Credentials of an instance last about six hours; the application renews them well before.
        for (var time = stage.Start; time < stage.Start.AddDays(Days); time = time.AddHours(5))
        {
            var key = time <= theft && time.AddHours(5) > theft ? stolen : stage.Dice.TemporaryKey();
            stage.Person(Others.Service("ec2.amazonaws.com"), time).Does(stage.Sts(stage.Home, time).AssumeRole(role, instance, key));
            Honest(stage, stage.Person(role.OnInstance(instance, key, time, inside), time.AddMinutes(1)));
            if (key == stolen)
                Steal(stage, role.OnInstance(instance, key, time, new("203.0.113.19", Agents.Cli)), theft);
        }
    }

    // Through the endpoint in its VPC it reads; instances it starts for a nightly job, through the NAT gateway.
    private static void Honest(Stage stage, Hand hand)
    {
        var other = stage.Other(stage.Home);
        for (var round = 0; round < 4; round++)
        {
            hand.Pace(2, 30).Does(
                other.Read("sqs", "GetQueueAttributes", new
                {
                    queueUrl = $"https://sqs.{stage.Home}.amazonaws.com/{stage.Account}/orders",
                    attributeNames = new[] { "ApproximateNumberOfMessages" }
                }),
                other.Read("secretsmanager", "GetSecretValue", new { secretId = "orders/database" }),
                other.Read("kms", "Decrypt", new { encryptionAlgorithm = "SYMMETRIC_DEFAULT" })).WaitMinutes(30, 60);
        }

        if (hand.Now.Hour is >= 0 and < 5)
        {
            var outside = hand.Caller.At(new("192.0.2.200", Agents.JavaApplication));
            var ec2 = stage.Ec2(stage.Home);
            var night = stage.Person(outside, hand.Now)
                .Does(ec2.RunInstances(new("m6i.xlarge", 2) { Name = "orders-nightly", Profile = "orders-worker", UserData = true }, out var ids));
            night.WaitMinutes(35, 55).Does(ec2.TerminateInstances(ids));
        }
    }

    private static void Steal(Stage stage, Caller outside, DateTimeOffset theft)
    {
        var thief = stage.Thief(outside, theft).Pace(3, 25);
        var ec2 = stage.Ec2(stage.Home);
        thief.Does(stage.Sts(stage.Home, theft).WhoAmI())
            .Does(IamCalls.Read("ListAttachedRolePolicies", new { roleName = "orders-worker" }), IamCalls.Read("ListRoles"), IamCalls.Read("ListUsers"))
            .Does(stage.Other(stage.Home).Read("s3", "ListBuckets", new { Host = "s3.amazonaws.com" }), stage.Other(stage.Home).Read("secretsmanager", "ListSecrets"))
            .Does(ec2.DescribeInstances(), ec2.Read("DescribeRegions"), stage.Other(stage.Home).GetServiceQuota("L-DB2E81BA"))
            .IsDenied(Call.Read("organizations", "DescribeOrganization", Regions.Virginia))
            .WaitMinutes(4, 9);

        var admin = stage.User("aws-support-sync");
        var iam = stage.Iam(thief.Now);
        thief.Does(iam.CreateUser(admin), IamCalls.AttachUserPolicy(admin, IamCalls.Administrator), iam.CreateAccessKey(admin, stage.Dice.Key())).WaitMinutes(1, 3);
        stage.Planted.Add(admin.Arn);
        foreach (var region in new[] { stage.Home, Regions.Oregon, Regions.Frankfurt })
        {
            var there = stage.Ec2(region);
            thief.Does(there.RunInstances(new("g4dn.12xlarge", 3) { Least = 1, UserData = true }, out var ids)).Does(ids.Select(id => there.Protect(id)));
            thief.Does(there.RunInstances(new("p3.2xlarge", 2) { Least = 1, UserData = true }).OverQuota(0));
        }
    }
}
