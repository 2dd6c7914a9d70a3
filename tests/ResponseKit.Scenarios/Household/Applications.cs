using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Household;

/// <summary>Programs on instances, in functions and in tasks, with the roles that services give them.</summary>
internal sealed class Applications(Stage stage, TimeSpan length) : Member(stage, length)
{
    private readonly string[] _instances = [stage.Dice.Ec2Id("i"), stage.Dice.Ec2Id("i"), stage.Dice.Ec2Id("i")];
    private readonly string _endpoint = stage.Dice.Ec2Id("vpce");

    protected override void Work(DateTimeOffset from)
    {
        if (Dice.Chance(0.55))
            Instance(from);
        else
            Function(from);
    }

    private void Instance(DateTimeOffset from)
    {
        var role = Stage.Role("web-instance");
        var index = Dice.Between(0, 2);
        var key = Dice.TemporaryKey();
        Stage.Person(Others.Service("ec2.amazonaws.com"), from).Does(Stage.Sts(Stage.Home, from).AssumeRole(role, _instances[index], key));
        var inside = new Place($"10.0.{index}.{17 + index}", Agents.JavaApplication) { VpcEndpoint = _endpoint };
        var other = Stage.Other(Stage.Home);
        Stage.Person(role.OnInstance(_instances[index], key, from, inside), from.AddSeconds(3)).Pace(1, 60).Does(
            other.Read("ssm", "GetParametersByPath", new { path = "/web/production", recursive = true, withDecryption = true }),
            other.Read("secretsmanager", "GetSecretValue", new { secretId = "production/database" }),
            other.Read("kms", "Decrypt",
                new
                {
                    encryptionContext = new { PARAMETER_ARN = $"arn:aws:ssm:{Stage.Home}:{Stage.Account}:parameter/web/production/key" },
                    encryptionAlgorithm = "SYMMETRIC_DEFAULT"
                }));
        if (Dice.Chance(0.4))
            Stage.Person(role.OnInstance(_instances[index], key, from, inside with { Agent = "amazon-ssm-agent/3.3.2299.0" }), from.AddSeconds(30))
                .Does(other.Write("ssm", "UpdateInstanceInformation",
                    new { agentName = "amazon-ssm-agent", agentVersion = "3.3.2299.0", instanceId = _instances[index], platformName = "Amazon Linux" }));
    }

    private void Function(DateTimeOffset from)
    {
        var role = Stage.Role("thumbnails-function", "/service-role/");
        var key = Dice.TemporaryKey();
        var other = Stage.Other(Stage.Home);
        Stage.Person(Others.Service("lambda.amazonaws.com"), from).Does(Stage.Sts(Stage.Home, from).AssumeRole(role, "thumbnails", key));
        var session = role.Session("thumbnails", key, from, new($"203.0.113.{Dice.Between(90, 120)}", Agents.Boto3InLambda),
            new { inScopeOf = new { credentialsIssuedTo = Stage.Lambda(Stage.Home).Arn("thumbnails") } });
        Stage.Person(session, from.AddSeconds(1)).Does(
            other.Write("logs", "CreateLogStream", new
            {
                logGroupName = "/aws/lambda/thumbnails",
                logStreamName = $"2026/03/10/[$LATEST]{Dice.Hex(32)}"
            }) with
            { ApiVersion = "20140328" },
            other.Read("dynamodb", "DescribeTable", new { tableName = "thumbnails" }));
    }
}
