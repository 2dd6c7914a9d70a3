using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Detections;
using ResponseKit.Records;
using ResponseKit.Resources;
using ResponseKit.Tests.Resources;

namespace ResponseKit.Tests.Correlation;

/// <summary>Observations as tests need them, and random ones.</summary>
internal static class Observations
{
    public const string Account = "111122223333";
    public static readonly Actor.User Thief = new(Account, "ci-bot");
    public static readonly DateTimeOffset Start = new(2025, 11, 2, 10, 0, 0, TimeSpan.Zero);

    /// <summary>A time so many minutes after ten o'clock.</summary>
    public static DateTimeOffset At(double minutes) => Start.AddMinutes(minutes);

    public static Observation Of(string id, double minutes, params ImmutableArray<Signal> signals) =>
        new(id, At(minutes), Thief, "AKIAEXAMPLEEXAMPLE00", "us-east-1", signals, [], []);

    public static Observation Signalled(
        string id, double minutes, SignalCategory category, int weight, string? detection = null, CallOutcome? outcome = null, bool decisive = false) =>
        Of(id, minutes, new Signal(
            detection ?? $"test.{category}", category, id, At(minutes), Thief, "us-east-1", outcome ?? new CallOutcome.Succeeded(),
            new Finding(weight, $"did {id}") { Decisive = decisive }));

    public static Observation Made(string id, double minutes, ResourceRef resource, LineageRelation relation = LineageRelation.Created, Actor? actor = null) =>
        Of(id, minutes) with { Actor = actor ?? Thief, Lineage = [new(resource, relation, id, At(minutes))] };

    public static CaseFile Case(params IEnumerable<Observation> observations) => new(Thief.Key, [.. observations]);

    public static Gen<Actor> AnyActor =>
        from account in Properties.Account
        from name in Properties.Name
        from partition in Gen.Elements("aws", "aws-cn")
        from path in Gen.Elements("/", "/ops/")
        from actor in Gen.Elements<Actor>(
            new Actor.User(account, name, partition) { Path = path }, new Actor.Role(account, name, path, partition), new Actor.Root(account, partition),
            new Actor.IdentityCenterUser(account, name, null), new Actor.IdentityCenterUser(account, name, "arn:x"), new Actor.External(account, name),
            new Actor.Service(account, name), new Actor.Unknown(account, name))
        select actor;

    public static Gen<CallOutcome> AnyOutcome => Gen.Elements<CallOutcome>(
        new CallOutcome.Succeeded(), new CallOutcome.DryRun(), new CallOutcome.Denied("AccessDenied"), new CallOutcome.Failed("Client.VcpuLimitExceeded"));

    public static Gen<Observation> Any =>
        from id in Gen.Choose(1, 12)
        from seconds in Gen.Choose(0, 3 * 60 * 60)
        from actor in Gen.Elements<Actor>(Thief, new Actor.User(Account, "ci-bot") { Path = "/ops/" }, new Actor.Role(Account, "deploy", "/ci/"), new Actor.Root(Account))
        from signals in AnySignal($"event-{id}", Start.AddSeconds(seconds)).ArrayOf(2)
        from count in Gen.Choose(0, 2)
        from resource in ResourceRefTests.Any
        from relation in Gen.Elements(Enum.GetValues<LineageRelation>())
        from key in Gen.Elements(null, "AKIAEXAMPLEEXAMPLE00", "ASIAEXAMPLEEXAMPLE00")
        select new Observation(
            $"event-{id}", Start.AddSeconds(seconds), actor, key, "us-east-1", [.. signals.Take(count)],
            count == 0 ? [] : [new(resource, relation, $"event-{id}", Start.AddSeconds(seconds))],
            count < 2 ? [] : [new("ASIACHILD", actor.Key, Start.AddSeconds(seconds))]);

    private static Gen<Signal> AnySignal(string id, DateTimeOffset time) =>
        from category in Gen.Elements(Enum.GetValues<SignalCategory>())
        from detection in Gen.Elements("a", "b")
        from weight in Gen.Choose(0, 40)
        from outcome in AnyOutcome
        from decisive in Gen.Elements(true, false, false, false, false, false)
        select new Signal($"{category}.{detection}", category, id, time, Thief, "us-east-1", outcome, new Finding(weight, "did it") { Decisive = decisive }.With("name", "x"));
}
