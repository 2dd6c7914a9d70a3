using ResponseKit.Scenarios.Calls;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Household;

/// <summary>People with keys of their own at a command line.</summary>
internal sealed class Developers(Stage stage, TimeSpan length) : Member(stage, length)
{
    private readonly (IamUser User, string Key, Place Place)[] _people =
    [
        (stage.User("w.adeyemi"), stage.Dice.Key(), new("192.0.2.61", Agents.CliOnMac)),
        (stage.User("hugo.martel"), stage.Dice.Key(), new("192.0.2.62", Agents.Cli)),
        (stage.User("reports-export"), stage.Dice.Key(), new("192.0.2.70", Agents.Boto3)),
    ];

    protected override void Work(DateTimeOffset from)
    {
        var (user, key, place) = Dice.Pick(_people);
        var hand = Stage.Person(user.WithKey(key, place), from).Pace(1, 25);
        var ec2 = Stage.Ec2(Stage.Home);
        var other = Stage.Other(Stage.Home);
        hand.Does(Stage.Sts(Stage.Home, from).WhoAmI());
        switch (Dice.Between(0, 5))
        {
            case 0:
                hand.Does(ec2.DescribeInstances(), ec2.DescribeInstances(Dice.Ec2Id("i")), other.Read("ssm", "DescribeInstanceInformation"))
                    .Does(other.Write("ssm", "StartSession", new { target = Dice.Ec2Id("i") },
                        new { sessionId = $"{user.Name}-0{Dice.Hex(16)}", tokenValue = "Value hidden due to security reasons." }));
                break;
            case 1:
                hand.Does(other.Read("logs", "DescribeLogGroups"), other.Read("logs", "FilterLogEvents", new { logGroupName = "/ecs/web" }));
                break;
            case 2:
                hand.Does(other.Read("s3", "ListBuckets", new { Host = "s3.amazonaws.com" }), other.Read("cloudformation", "DescribeStacks", new { stackName = "web" }));
                break;
            case 3:
                hand.Does(IamCalls.Read("GetUser"), IamCalls.Read("ListAccessKeys", new { userName = user.Name })).IsDenied(IamCalls.Read("ListUsers"));
                break;
            case 4:
                hand.Does(other.Read("ecr", "GetAuthorizationToken"), other.Read("ecr", "DescribeRepositories"),
                    Stage.Ecs(Stage.Home).Read("DescribeServices", new { cluster = "main", services = new[] { "web" } }));
                break;
            default:
                hand.Does(other.Read("secretsmanager", "GetSecretValue", new { secretId = "staging/database" }), other.Read("rds", "DescribeDBInstances"));
                break;
        }
    }
}
