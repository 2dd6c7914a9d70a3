using ResponseKit.Scenarios.Calls;
using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Benign;

/// <summary>A script gives fifty users new keys, as it does every quarter.</summary>
internal sealed class KeyRotation : IScript
{
    public IEnumerable<Plot> Plots => [new("key-rotation", "A script rotates the keys of fifty users", false, Play)];

    private static void Play(Stage stage)
    {
        Everyday.Live(stage, 4, 600);
        var role = stage.Role("key-rotation", "/service-role/");
        var key = stage.Dice.TemporaryKey();
        var start = stage.After(60);
        stage.Person(Others.Service("lambda.amazonaws.com"), start).Does(stage.Sts(stage.Home, start).AssumeRole(role, "rotate-keys", key));
        var place = new Place("203.0.113.98", Agents.Boto3InLambda);
        var script = stage.Person(role.Session("rotate-keys", key, start, place,
            new { inScopeOf = new { credentialsIssuedTo = stage.Lambda(stage.Home).Arn("rotate-keys") } }), start.AddSeconds(2)).Pace(0.1, 0.6);
        script.Does(IamCalls.Read("ListUsers"));
        foreach (var index in Enumerable.Range(1, 50))
        {
            var user = stage.User($"service-{index:00}");
            var old = stage.Dice.Key();
            var iam = stage.Iam(script.Now);
            script.Does(
                IamCalls.Read("ListAccessKeys", new { userName = user.Name }), IamCalls.Read("GetAccessKeyLastUsed", new { accessKeyId = old }),
                    iam.CreateAccessKey(user, stage.Dice.Key()),
                stage.Other(stage.Home).Write("secretsmanager", "PutSecretValue", new { secretId = $"keys/{user.Name}", versionStages = new[] { "AWSCURRENT" } }),
                IamCalls.UpdateAccessKey(user, old, "Inactive"));
            if (index % 2 == 0)
                script.Does(IamCalls.DeleteAccessKey(user, old));
        }

        // One user rotates keys alone, and names nobody.
        var self = stage.User("hugo.martel");
        var hand = stage.Person(self.WithKey(stage.Dice.Key(), new("192.0.2.62", Agents.Cli)), stage.After(150)).Pace(5, 30);
        hand.Does(stage.Iam(hand.Now).CreateAccessKey(self, stage.Dice.Key(), forSelf: true), IamCalls.UpdateAccessKey(self, stage.Dice.Key(), "Inactive"));
    }
}
