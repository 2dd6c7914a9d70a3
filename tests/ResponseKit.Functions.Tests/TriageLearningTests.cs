using System.Text.Json;
using ResponseKit.Aws.Stores;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Testing;

namespace ResponseKit.Functions.Tests;

/// <summary>What triage takes for usual, as deployed.</summary>
public sealed class TriageLearningTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Enforce = """{"mode":"enforce"}""";
    private static readonly Trait Home = new(TraitKind.Network, "203.0.0.0/16");
    private static readonly Trait Sts = new(TraitKind.Service, "sts.amazonaws.com");

    [Fact]
    public async Task What_somebody_does_unremarkably_becomes_usual_for_him()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var triage = bed.Start("triage");

        var answer = (await triage.InvokeAsync(Events.OfUser(bed, "ana", "sts", "GetCallerIdentity"))).Json();

        Assert.Equal(("kept", "ignore"), (answer.GetProperty("outcome").GetString(), Verdict(answer)));
        var history = await HistoryAsync(bed, "ana");
        Assert.Superset(new HashSet<Trait> { Home, Sts }, history.Seen.Keys.ToHashSet());
        Assert.Single(history.Days);
    }

    [Fact]
    public async Task What_a_watched_actor_does_does_not()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var triage = bed.Start("triage");

        var watched = (await triage.InvokeAsync(Events.OfUser(bed, "ana", "cloudtrail", "StopLogging", """{"name":"main"}"""))).Json();
        var later = (await triage.InvokeAsync(Events.OfUser(bed, "ana", "sts", "GetCallerIdentity", minutes: 90))).Json();

        Assert.Equal(("watch", "watch"), (Verdict(watched), Verdict(later)));
        Assert.Empty((await HistoryAsync(bed, "ana")).Seen);
    }

    [Fact]
    public async Task What_a_contained_actor_does_does_not()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var triage = bed.Start("triage", ("RESPONSEKIT_POLICY", Enforce));

        var contained = (await triage.InvokeAsync(Events.Notice(bed, "mallory"))).Json();
        var later = (await triage.InvokeAsync(Events.OfUser(bed, "mallory", "sts", "GetCallerIdentity", minutes: 2))).Json();

        Assert.Equal(("contain", "contain"), (Verdict(contained), Verdict(later)));
        Assert.Empty((await HistoryAsync(bed, "mallory")).Seen);
    }

    [Fact]
    public async Task What_old_logs_say_is_usual_makes_the_rest_unusual()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var path = Path.Combine(Directory.CreateTempSubdirectory("responsekit-baseline").FullName, "baseline.json");
        var usual = Enumerable.Range(5, 15).Aggregate(ActorHistory.Empty, (history, days) => history.Add(Events.Start.AddDays(-days), [Home, Sts]));
        await File.WriteAllTextAsync(path, BaselineFile.Write(new(Baseline.Empty.Actors.Add($"arn:aws:iam::{bed.Account.Id}:user/ana", usual))));
        await using var triage = bed.Start("triage", ("RESPONSEKIT_BASELINE", path));

        var answer = (await triage.InvokeAsync(Events.OfUser(bed, "ana", "sts", "GetCallerIdentity", address: "198.51.100.7"))).Json();
        var stranger = (await triage.InvokeAsync(Events.OfUser(bed, "bea", "sts", "GetCallerIdentity", address: "198.51.100.7"))).Json();

        Assert.Contains(Unusual(answer), line => line.Contains("called from the network 198.51.0.0/16 for the first time", StringComparison.Ordinal));
        Assert.DoesNotContain(Unusual(answer), line => line.Contains("sts.amazonaws.com", StringComparison.Ordinal));
        Assert.Empty(Unusual(stranger));
        File.Delete(path);
    }

    private static string? Verdict(JsonElement answer) => answer.GetProperty("verdict").GetProperty("verdict").GetString();

    private static List<string> Unusual(JsonElement answer) =>
        [.. answer.GetProperty("verdict").GetProperty("explanation").GetProperty("unusual").EnumerateArray().Select(line => line.GetString()!)];

    private static Task<ActorHistory> HistoryAsync(FunctionBed bed, string user) =>
        new DynamoBaselineStore(bed.Table, Baseline.Empty).OfAsync($"arn:aws:iam::{bed.Account.Id}:user/{user}", CancellationToken.None);
}
