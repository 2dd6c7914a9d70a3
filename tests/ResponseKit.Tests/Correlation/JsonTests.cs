using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FsCheck.Fluent;
using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Policy;
using ResponseKit.Response;
using ResponseKit.Tests.Response;
using static ResponseKit.Tests.Correlation.Observations;

namespace ResponseKit.Tests.Correlation;

/// <summary>What is stored must come back as it was.</summary>
public sealed class JsonTests
{
    private static bool ComesBack<T>(T value, JsonTypeInfo<T> type)
    {
        var text = JsonSerializer.Serialize(value, type);
        return JsonSerializer.Serialize(JsonSerializer.Deserialize(text, type)!, type) == text;
    }

    [Fact]
    public void Observations_come_back() => Properties.Holds(
        from observation in Any from actor in AnyActor select observation with { Actor = actor },
        observation =>
        {
            var text = JsonSerializer.Serialize(observation, CaseJson.Default.Observation);
            var read = JsonSerializer.Deserialize(text, CaseJson.Default.Observation)!;
            return read.Actor.Equals(observation.Actor)
                && read.Time == observation.Time
                && read.Lineage.SequenceEqual(observation.Lineage)
                && read.Links.SequenceEqual(observation.Links)
                && read.Signals.Zip(observation.Signals).All(pair =>
                    pair.First with { Finding = pair.Second.Finding } == pair.Second
                    && pair.First.Finding with { Facts = pair.Second.Finding.Facts } == pair.Second.Finding
                    && pair.First.Finding.Facts.SequenceEqual(pair.Second.Finding.Facts));
        });

    [Fact]
    public void The_path_of_an_actor_comes_back()
    {
        var read = JsonSerializer.Deserialize(
            JsonSerializer.Serialize(Of("1", 0) with { Actor = new Actor.User(Account, "bob") { Path = "/ops/" } }, CaseJson.Default.Observation),
            CaseJson.Default.Observation)!;
        Assert.Equal("/ops/", Assert.IsType<Actor.User>(read.Actor).Path);
    }

    [Fact]
    public void Cases_and_verdicts_and_incidents_and_plans_come_back() => Properties.Holds(
        Any.ArrayOf(),
        observations =>
        {
            var file = Case(observations);
            var verdict = Correlator.Judge(file, new ResponsePolicy());
            var incident = Incident.Open(file, verdict);
            var plan = ResponsePlanner.Plan(incident, Descriptors.All, new ResponsePolicy());
            return ComesBack(file, CaseJson.Default.CaseFile)
                && ComesBack(verdict, CaseJson.Default.Verdict)
                && ComesBack(incident, CaseJson.Default.Incident)
                && ComesBack(plan, ResponseJson.Default.ResponsePlan);
        });

    [Fact]
    public void A_case_reads_like_this()
    {
        var file = Case(Made("1", 0, ResponseKit.Resources.ResourceRef.Of(ResponseKit.Resources.ResourceKind.EcsCluster, Account, "us-east-1", "mine")));
        Assert.Equal(
            """
            {"rootKey":"arn:aws:iam::111122223333:user/ci-bot","observations":[{"eventId":"1","time":"2025-11-02T10:00:00+00:00",
            "actor":{"kind":"user","name":"ci-bot","partition":"aws","account":"111122223333"},"accessKeyId":"AKIAEXAMPLEEXAMPLE00",
            "region":"us-east-1","signals":[],"lineage":[{"resource":{"kind":"ecs-cluster","account":"111122223333","region":"us-east-1","name":"mine","partition":"aws"},
            "relation":"created","eventId":"1","time":"2025-11-02T10:00:00+00:00"}],"links":[],"traits":[],"changes":[]}]}
            """.Replace("\n", "", StringComparison.Ordinal),
            JsonSerializer.Serialize(file, CaseJson.Default.CaseFile));
    }

    [Fact]
    public void A_case_without_observations_is_read() =>
        Assert.Empty(JsonSerializer.Deserialize("""{"rootKey":"arn:aws:iam::111122223333:root"}""", CaseJson.Default.CaseFile)!.Observations);

    [Theory]
    [InlineData("""{"kind":"no-such-kind","account":"1","region":"","name":"x"}""")]
    [InlineData("""{"kind":7,"account":"1","region":"","name":"x"}""")]
    public void A_resource_of_an_unknown_kind_is_not_read(string resource) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(
        $$"""{"eventId":"1","time":"2025-11-02T10:00:00Z","actor":{"kind":"root","account":"1"},"region":"","signals":[],"links":[],"lineage":[{"resource":{{resource}},"relation":"created","eventId":"1","time":"2025-11-02T10:00:00Z"}]}""",
        CaseJson.Default.Observation));

    [Theory]
    [InlineData("\"never\"")]
    [InlineData("7")]
    public void A_plan_with_an_unknown_stage_is_not_read(string stage) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(
        $$"""{"incident":"i","pages":[],"actions":[{"stage":{{stage}},"actionId":"a","request":null,"guard":{"guard":"free"} }]}""", ResponseJson.Default.ResponsePlan));

    [Fact]
    public void Each_outcome_of_a_call_comes_back() => Properties.Holds(AnyOutcome, outcome =>
    {
        var observation = Signalled("1", 0, default, 1, outcome: outcome);
        var text = JsonSerializer.Serialize(observation, CaseJson.Default.Observation);
        return JsonSerializer.Deserialize(text, CaseJson.Default.Observation)!.Signals[0].Outcome == outcome;
    });
}
