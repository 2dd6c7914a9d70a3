using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Blame;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Tests.Correlation.Blame;

/// <summary>A story of who opened, made and did what, told call by call, and whose cases come of it.</summary>
internal sealed class Story
{
    public const string Account = "111122223333";
    public const string Office = "198.51.100.5";
    public const string Elsewhere = "203.0.113.44";
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly ResponsePolicy Policy = new();
    private readonly List<Observation> deeds = [];

    public IReadOnlyList<Observation> Deeds => deeds;

    public static Actor.User User(string name) => new(Account, name);

    public static Actor.Role Role(string name, string path = "/") => new(Account, name, path);

    /// <summary>Something that counts.</summary>
    public Story Does(
        Actor who, string? key, double minutes, SignalCategory category, int weight, string address = Office, string agent = "aws-cli", string? what = null,
        CallOutcome? outcome = null, string? session = null)
    {
        var id = $"event-{deeds.Count}";
        return Add(new(id, At(minutes), who, key, "us-east-1", [
            new Signal(
                what ?? $"test.{category}-{deeds.Count}", category, id, At(minutes), who, "us-east-1", outcome ?? new CallOutcome.Succeeded(), new Finding(weight, $"did {id}")),
        ], [], [])
        { From = new(address, agent), Session = session });
    }

    /// <summary>All that a miner does, within minutes: enough by itself.</summary>
    public Story Mines(Actor who, string? key, double minutes, string address = Office, string agent = "aws-cli", string? session = null) => this
        .Does(who, key, minutes, SignalCategory.PermissionProbing, 30, address, agent, session: session)
        .Does(who, key, minutes + 1, SignalCategory.Provisioning, 45, address, agent, session: session)
        .Does(who, key, minutes + 2, SignalCategory.Obstruction, 40, address, agent, session: session);

    public Story Opens(Actor who, string? key, double minutes, string child, string subject, string address = Office, string agent = "aws-cli") =>
        Links(who, key, minutes, new(child, who.Key, At(minutes)) { Kind = LinkKind.Opened, Subject = subject }, address, agent);

    public Story Makes(Actor who, string? key, double minutes, Actor made, RoleTrust trust = RoleTrust.Unknown, string address = Office, string agent = "aws-cli") => Links(
        who, key, minutes,
        new(made.Key, who.Key, At(minutes)) { Kind = made is Actor.User ? LinkKind.MadeUser : LinkKind.MadeRole, Subject = made.Key, Trust = trust }, address, agent);

    public Story MakesKey(Actor who, string? key, double minutes, string made, Actor owner, string address = Office, string agent = "aws-cli") =>
        Links(who, key, minutes, new(made, who.Key, At(minutes)) { Kind = LinkKind.MadeKey, Subject = owner.Key }, address, agent);

    /// <summary>Somebody gives a user another name.</summary>
    public Story Renames(Actor who, string? key, double minutes, Actor.User old, Actor.User name)
    {
        Links(who, key, minutes, new(name.Key, old.Key, At(minutes)) { Kind = LinkKind.Renamed, Subject = name.Key }, Office, "aws-cli");
        var last = deeds[^1];
        // As the observer leaves it: whose session renamed them says nothing.
        deeds[^1] = last with { Links = [last.Links[0] with { From = null, Via = null }] };
        return this;
    }

    /// <summary>Gives a user administrator rights.</summary>
    public Story Elevates(Actor who, string? key, double minutes, Actor.User user, string address = Office)
    {
        Does(who, key, minutes, SignalCategory.Persistence, 30, address, what: "iam.admin-policy-attached");
        var last = deeds[^1];
        deeds[^1] = last with { Signals = [last.Signals[0] with { Finding = last.Signals[0].Finding.With("userName", user.Name) }] };
        return this;
    }

    /// <summary>The cases that are worth telling, by their keys.</summary>
    public ImmutableSortedDictionary<string, Verdict> Verdicts() => new CaseTrees(deeds, Policy).Since(DateTimeOffset.MinValue)
        .Select(tree => (tree.Key, Verdict: Correlator.Judge(tree, Policy, Baseline.Empty)))
        .Where(one => one.Verdict is not Verdict.Ignore)
        .ToImmutableSortedDictionary(one => one.Key, one => one.Verdict);

    /// <summary>Whose cases call for containment.</summary>
    public IEnumerable<string> Contained() => Verdicts().Where(one => one.Value is Verdict.Contain).Select(one => one.Key);

    /// <summary>Whose deeds are in a case.</summary>
    public IEnumerable<string> ActorsOf(string caseKey) =>
        new CaseTrees(deeds, Policy).Since(DateTimeOffset.MinValue).Single(tree => tree.Key == caseKey).File.Actors.Select(actor => actor.Key).Order(StringComparer.Ordinal);

    private Story Links(Actor who, string? key, double minutes, CaseLink link, string address, string agent) => Add(
        new($"event-{deeds.Count}", At(minutes), who, key, "us-east-1", [], [], [link with { From = new(address, agent), Via = key?.StartsWith("ASIA", StringComparison.Ordinal) == true ? key : null }])
        { From = new(address, agent) });

    private Story Add(Observation deed)
    {
        deeds.Add(deed);
        return this;
    }

    private static DateTimeOffset At(double minutes) => Start.AddMinutes(minutes);
}
