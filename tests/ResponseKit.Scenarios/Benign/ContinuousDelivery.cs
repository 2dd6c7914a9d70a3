using ResponseKit.Scenarios.Calls;
using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Benign;

/// <summary>
/// A pipeline that makes whole environments many times a day, one for each change under review: roles, functions, permissions, public URLs, task definitions,
/// services; and removes them. By OpenID Connect for some repositories, by CodeBuild for others.
/// </summary>
internal sealed class ContinuousDelivery : IScript
{
    private const string Provider = "token.actions.githubusercontent.com";

    public IEnumerable<Plot> Plots => [new("ci-deployer", "A pipeline makes and removes review environments all day", false, Play)];

    private static void Play(Stage stage)
    {
        Everyday.Live(stage, 9, 600);
        for (var run = 0; run < 34; run++)
        {
            var start = stage.After(stage.Dice.Between(5, 510));
            var hand = run % 3 == 0 ? ByCodeBuild(stage, start) : ByOpenId(stage, start, run);
            var environment = $"review-{1200 + run}";
            if (run % 4 == 3)
                Remove(stage, hand, $"review-{1200 + run - 3}");
            else
                Deploy(stage, hand, environment);
        }
    }

    private static Hand ByOpenId(Stage stage, DateTimeOffset start, int run)
    {
        var role = stage.Role("github-review-deployer", "/ci/");
        var place = new Place($"203.0.113.{stage.Dice.Between(180, 250)}", Agents.ActionsRunner);
        var key = stage.Dice.TemporaryKey();
        var subject = $"repo:example/shop:pull_request";
        stage.Person(Others.WebIdentity(role, $"arn:aws:iam::{stage.Account}:oidc-provider/{Provider}", subject, place), start)
            .Does(stage.Sts(stage.Home, start).AssumeRoleWithWebIdentity(role, $"run-{90210 + run}", key, Provider, subject));
        return stage.Person(role.Session($"run-{90210 + run}", key, start, place with { Agent = Agents.Terraform }), start.AddSeconds(2)).Pace(0.2, 2);
    }

    private static Hand ByCodeBuild(Stage stage, DateTimeOffset start)
    {
        var role = stage.Role("codebuild-review", "/service-role/");
        var session = $"AWSCodeBuild-{stage.Dice.Guid()}";
        var key = stage.Dice.TemporaryKey();
        stage.Person(Others.Service("codebuild.amazonaws.com"), start).Does(stage.Sts(stage.Home, start).AssumeRole(role, session, key));
        return stage.Person(role.Session(session, key, start, new("192.0.2.221", Agents.Cli)), start.AddSeconds(20)).Pace(0.3, 3);
    }

    private static void Deploy(Stage stage, Hand hand, string environment)
    {
        var iam = stage.Iam(hand.Now);
        var lambda = stage.Lambda(stage.Home);
        var ecs = stage.Ecs(stage.Home);
        var role = stage.Role($"{environment}-function");
        hand.Does(stage.Sts(stage.Home, hand.Now).WhoAmI(), stage.Other(stage.Home).Read("cloudformation", "DescribeStacks"),
            stage.Other(stage.Home).Read("ecr", "GetAuthorizationToken"))
            .Does(iam.CreateRole(role, IamCalls.TrustedService("lambda"), "Review environment"),
                IamCalls.AttachRolePolicy(role, "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"),
                IamCalls.PutRolePolicy(role, "table", IamCalls.Policy(("dynamodb:GetItem", "*"))));
        foreach (var part in new[] { "api", "webhook" })
        {
            hand.Does(lambda.CreateFunction($"{environment}-{part}", role), lambda.Read("GetFunction20150331v2", new { functionName = $"{environment}-{part}" }));
            hand.Does(lambda.AddPermission($"{environment}-{part}", "gateway", "apigateway.amazonaws.com",
                sourceArn: $"arn:aws:execute-api:{stage.Home}:{stage.Account}:{stage.Dice.Hex(10)}/*"));
        }

        hand.Does(lambda.CreateUrl($"{environment}-webhook", "NONE"),
            lambda.AddPermission($"{environment}-webhook", "FunctionURLAllowPublicAccess", "*", "lambda:InvokeFunctionUrl", "NONE"))
            .Does(ecs.RegisterTaskDefinition(environment, $"{stage.Account}.dkr.ecr.{stage.Home}.amazonaws.com/shop:{stage.Dice.Hex(12)}", "512", "1024",
                role: stage.Role("shop-task")), ecs.CreateService("review", environment, environment, 1, publicAddress: true));
        hand.Causes(stage.ServiceRole("ecs", "ECS").AtWork("ecs-service-scheduler", hand.Now, "ecs.amazonaws.com"), 3, 12, ecs.Interfaces(1));
        for (var polls = 0; polls < 5; polls++)
            hand.Wait(10, 15).Does(ecs.Read("DescribeServices", new { cluster = "review", services = new[] { environment } }));
    }

    private static void Remove(Stage stage, Hand hand, string environment)
    {
        var role = stage.Role($"{environment}-function");
        var ecs = stage.Ecs(stage.Home);
        hand.Does(ecs.UpdateService("review", environment, 0), ecs.DeleteService("review", environment), ecs.DeregisterTaskDefinition($"{environment}:1"))
            .Does(stage.Lambda(stage.Home).Delete($"{environment}-api"), stage.Lambda(stage.Home).Delete($"{environment}-webhook"))
            .Does(IamCalls.DetachRolePolicy(role, "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"),
                IamCalls.DeleteRolePolicy(role, "table"), IamCalls.DeleteRole(role));
    }
}
