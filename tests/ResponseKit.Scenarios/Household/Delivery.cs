using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Household;

/// <summary>A pipeline that takes a role by OpenID Connect, and brings out new versions of services and functions that exist.</summary>
internal sealed class Delivery(Stage stage, TimeSpan length) : Member(stage, length)
{
    private const string Provider = "token.actions.githubusercontent.com";
    private int _revision = 40;

    protected override void Work(DateTimeOffset from)
    {
        var role = Stage.Role("pipeline-deploy");
        var place = new Place($"203.0.113.{Dice.Between(200, 230)}", Agents.ActionsRunner);
        var key = Dice.TemporaryKey();
        const string Subject = "repo:example/web:ref:refs/heads/main";
        Stage.Person(Others.WebIdentity(role, $"arn:aws:iam::{Stage.Account}:oidc-provider/{Provider}", Subject, place), from)
            .Does(Stage.Sts(Stage.Home, from).AssumeRoleWithWebIdentity(role, "GitHubActions", key, Provider, Subject));
        var hand = Stage.Person(role.Session("GitHubActions", key, from, place with { Agent = Agents.Cli }), from.AddSeconds(2)).Pace(0.5, 4);
        var ecs = Stage.Ecs(Stage.Home);
        var other = Stage.Other(Stage.Home);
        hand.Does(Stage.Sts(Stage.Home, from).WhoAmI(), other.Read("ecr", "GetAuthorizationToken"));
        if (Dice.Chance(0.6))
        {
            var image = $"{Stage.Account}.dkr.ecr.{Stage.Home}.amazonaws.com/web:{Dice.Hex(12)}";
            _revision++;
            hand.Does(
                other.Write("ecr", "PutImage", new { repositoryName = "web", imageTag = Dice.Hex(12), registryId = Stage.Account },
                    new { image = new { repositoryName = "web", registryId = Stage.Account } }),
                ecs.Read("DescribeTaskDefinition", new { taskDefinition = "web" }),
                ecs.RegisterTaskDefinition("web", image, "1024", "2048", _revision, Stage.Role("web-task")),
                ecs.UpdateService("main", "web", null, $"web:{_revision}"));
            for (var polls = Dice.Between(2, 6); polls > 0; polls--)
                hand.Wait(10, 16).Does(ecs.Read("DescribeServices", new { cluster = "main", services = new[] { "web" } }));
        }
        else
        {
            var lambda = Stage.Lambda(Stage.Home);
            hand.Does(lambda.Read("GetFunction20150331v2", new { functionName = "thumbnails" }), lambda.UpdateCode("thumbnails"))
                .Does(lambda.Read("GetFunctionConfiguration20150331v2", new { functionName = "thumbnails" }));
        }
    }
}
