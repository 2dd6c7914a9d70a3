using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Attacks;

/// <summary>
/// Mining on Fargate without any looking around first: hundreds of clusters over seventeen regions in less than two minutes (Datadog Security Labs, "Amazon ECS is
/// the new EC2 for crypto mining", 2024).
/// </summary>
internal sealed class EcsOnly : IScript
{
    private const int ClustersInRegion = 18;

    public IEnumerable<Plot> Plots =>
    [
        new("ecs-only-by-region", "Fargate miners in seventeen regions, one region after the other", true, stage => Play(stage, interleaved: false, forbidden: [])),
        new("ecs-only-interleaved", "Fargate miners in seventeen regions at once", true, stage => Play(stage, interleaved: true, forbidden: [])),
        new(
            "ecs-only-regions-denied",
            "Fargate miners, with an organization's policy against most regions",
            true,
            stage => Play(stage, interleaved: true, forbidden: [.. Regions.Default.Except([Regions.Virginia, Regions.Oregon, Regions.Ireland])])),
    ];

    private static void Play(Stage stage, bool interleaved, IReadOnlyList<string> forbidden)
    {
        Everyday.Live(stage, 2, 600);
        var user = stage.User("svc-artifacts");
        var key = stage.Dice.Key();
        stage.Person(user.WithKey(key, new("192.0.2.90", Agents.Boto3)), stage.After(12)).Pace(5, 30).Does(
            Enumerable.Range(0, 12).Select(_ => stage.Other(stage.Home).Read("s3", "ListBuckets", new { Host = "s3.amazonaws.com" })));

        var steps = Regions.Default.SelectMany(region => Enumerable.Range(0, ClustersInRegion).Select(index => (Region: region, Index: index)));
        var order = interleaved ? steps.OrderBy(step => step.Index) : steps;
        var start = stage.After(52);
        // Several threads: each has a region, or a share of all.
        var hands = Enumerable.Range(0, 16)
            .Select(_ => stage.Thief(user.WithKey(key, new("203.0.113.55", Agents.Boto3)), start.AddSeconds(stage.Dice.Fraction())).Pace(0.15, 0.6)).ToArray();
        var turn = 0;
        foreach (var (region, index) in order)
        {
            var hand = hands[interleaved ? turn++ % hands.Length : Array.FindIndex([.. Regions.Default], known => known == region) % hands.Length];
            Mine(stage, hand, region, index, forbidden.Contains(region));
        }
    }

    private static void Mine(Stage stage, Hand hand, string region, int index, bool forbidden)
    {
        var ecs = stage.Ecs(region);
        var name = stage.Dice.Text("abcdefghijklmnopqrstuvwxyz", 10);
        Call[] calls =
        [
            ecs.CreateCluster(name),
            ecs.RegisterTaskDefinition(name, $"{stage.Dice.Text("abcdefghijklmnopqrstuvwxyz", 9)}/{stage.Dice.Text("abcdefghijklmnopqrstuvwxyz", 6)}:latest",
                "16384", "32768"),
            ecs.CreateService(name, name, name, 25, publicAddress: true),
        ];
        if (forbidden)
            hand.Does(calls.Select(call => call.ForbiddenTo(hand.Caller, stage.Dice)));
        else
            hand.Does(calls);
        if (index == 0 && !forbidden)
        {
            var service = stage.ServiceRole("ecs", "ECS");
            hand.HasServiceDo("ecs.amazonaws.com", stage.Iam(hand.Now).CreateServiceLinkedRole(service, "ecs").Failing("InvalidInput",
                "Service role name AWSServiceRoleForECS has been taken in this account, please try a different suffix."));
            hand.Causes(service.AtWork("ecs-service-scheduler", hand.Now, "ecs.amazonaws.com"), 5, 20, ecs.Interfaces(6));
        }
    }
}
