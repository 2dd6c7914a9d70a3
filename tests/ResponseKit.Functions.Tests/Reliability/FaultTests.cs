using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using ResponseKit.Emulator;
using ResponseKit.Response;
using ResponseKit.Response.Running;
using ResponseKit.Testing;

namespace ResponseKit.Functions.Tests.Reliability;

/// <summary>
/// A campaign's response while AWS throttles, fails, cuts connections and loses answers by chance. A few seeds by default; RESPONSEKIT_SEEDS=500 takes as many, and
/// RESPONSEKIT_FAULTS what a failing run printed, to see it once more.
/// </summary>
public sealed class FaultTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const int Seeds = 3;
    private const int AtOnce = 4;

    [Fact]
    public async Task Whatever_fails_by_chance_every_invariant_holds()
    {
        using var calm = await FaultyResponse.RunAsync(emulator, chance: null);
        Assert.Equal([], Problems(calm, calm));
        Assert.NotEmpty(calm.Changes);
        Assert.All(calm.Before.Where(line => !SmallCampaign.IsInnocent(line.Key)), line => Assert.NotEqual(line.Value, calm.After.GetValueOrDefault(line.Key)));

        var problems = new ConcurrentBag<string>();
        var hits = 0;
        await Parallel.ForEachAsync(Chances(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (chance, _) =>
        {
            using var one = await FaultyResponse.RunAsync(emulator, chance);
            Interlocked.Add(ref hits, one.Injected.Length);
            var found = Problems(one, calm).ToList();
            if (found.Count > 0)
                problems.Add($"seed {chance("").Seed}:\n  {string.Join("\n  ", found)}\n  once more: RESPONSEKIT_FAULTS='{InjectedFault.Write(one.Injected)}'");
        });
        Assert.True(hits > 0, "Nothing was made to fail.");
        Assert.True(problems.IsEmpty, string.Join("\n", problems));
    }

    private static IEnumerable<Func<string, EmulatorChance>> Chances()
    {
        if (Setting("RESPONSEKIT_FAULTS") is { Length: > 0 } faults)
            return [account => new EmulatorChance(account, Seed: 0) { Repeat = InjectedFault.Parse(faults) }];
        var seeds = Setting("RESPONSEKIT_SEEDS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : Seeds;
        return Enumerable.Range(1, seeds).Select(seed => (Func<string, EmulatorChance>)(account =>
            new EmulatorChance(account, seed) { Throttle = 0.04, InternalError = 0.02, Drop = 0.01, Lost = 0.03, LateError = 0.03 }));
    }

    private static string? Setting(string name)
    {
#pragma warning disable RS0030 // Only tests that a person runs by hand ask for it.
        return Environment.GetEnvironmentVariable(name);
#pragma warning restore RS0030
    }

    private static IEnumerable<string> Problems(FaultyResponse one, FaultyResponse calm)
    {
        if (one.Reports.IsEmpty || one.Reports.Any(report => report is null))
            yield return $"of {one.Reports.Length} rounds {one.Reports.Count(report => report is null)} never came to an end";

        foreach (var (name, was) in one.Before.Where(line => SmallCampaign.IsInnocent(line.Key)))
        {
            if (one.After.GetValueOrDefault(name) is var found && found != was)
                yield return $"{name} is nobody's to touch: was {was}, is {found}";
        }

        foreach (var change in one.Changes.Where(change => !HasReceipt(change, one.Receipts)))
            yield return $"no receipt says {change.Call} {change.Params}";
        var told = string.Join(' ', one.Reports.OfType<ResponseReport>().SelectMany(report =>
            report.Left.Concat(report.Held.Select(held => held.Request.ToJson())).Concat(report.Pages.Select(page => page.ToString()))));
        foreach (var (name, value) in calm.After.Where(line => one.After.GetValueOrDefault(line.Key) != line.Value))
        {
            if (!told.Contains(name, StringComparison.Ordinal))
                yield return $"{name} is {one.After.GetValueOrDefault(name)}, not {value}, and nobody was told: {told}";
        }

        foreach (var name in one.After.Keys.Except(calm.After.Keys).Where(name => !told.Contains(name, StringComparison.Ordinal)))
            yield return $"{name} is left, and nobody was told";
    }

    // By the operation, and by something that the call names and the receipt too.
    private static bool HasReceipt(JournalCall change, IReadOnlyList<ActionReceipt> receipts) => receipts.Any(receipt => receipt.Steps.Any(step =>
        step.Call == ApiCalls.PermissionFor(change) && step.Outcome.MayHaveChanged
        && Texts(change.Params).Any(text => $"{step.Key} {step.Resource} {string.Join(' ', receipt.Targets)}".Contains(text.Split('/')[^1], StringComparison.Ordinal))));

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Object => value.EnumerateObject().SelectMany(field => Texts(field.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        _ => [],
    };
}
