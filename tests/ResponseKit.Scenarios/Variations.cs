using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ResponseKit.Scenarios.Making;
using ResponseKit.Scenarios.Varying;

namespace ResponseKit.Scenarios;

/// <summary>
/// The same story told otherwise: as it may reach a reader of logs, or as it might have happened elsewhere. The truth about it is told alike. The same seed gives
/// the same result.
/// </summary>
public static partial class Variations
{
    /// <summary>
    /// Out of order: each record is held back for up to <paramref name="most"/> after its time, as CloudTrail's files and EventBridge's events are. The records
    /// stay what they are; only their order changes.
    /// </summary>
    public static Scenario Shuffle(Scenario scenario, TimeSpan most, ulong seed)
    {
        var dice = new Dice(seed);
        return scenario with
        {
            Records = [.. scenario.Records.Select(record => (record, Arrives: record.Time + (most * dice.Fraction())))
            .OrderBy(pair => pair.Arrives).Select(pair => pair.record)]
        };
    }

    /// <summary>About <paramref name="fraction"/> of the records come twice, the second time some records later: EventBridge delivers at least once.</summary>
    public static Scenario Duplicate(Scenario scenario, double fraction, ulong seed)
    {
        var dice = new Dice(seed);
        var placed = new List<(LabelledRecord Record, double Place)>();
        foreach (var record in scenario.Records)
        {
            placed.Add((record, placed.Count));
            if (dice.Chance(fraction))
                placed.Add((record, placed.Count + dice.Between(0, 40) + 0.5));
        }

        return scenario with { Records = [.. placed.OrderBy(entry => entry.Place).Select(entry => entry.Record)] };
    }

    /// <summary>Other names for all users, roles, sessions, access keys and unique ids, the same wherever they occur. What AWS named keeps its name.</summary>
    public static Scenario Rename(Scenario scenario, ulong seed) => Rewriting.Apply(scenario, new Renaming(scenario, seed).Change);

    /// <summary>The story some time later, or earlier. <paramref name="by"/> is of whole seconds.</summary>
    public static Scenario Shift(Scenario scenario, TimeSpan by)
    {
        var shifting = new Shifting(by);
        return scenario with { Records = [.. scenario.Records.Select(record => record with { Json = shifting.Change(record.Json), Time = record.Time + by })] };
    }

    /// <summary>The account where it happens becomes <paramref name="account"/>. Other accounts that occur stay.</summary>
    public static Scenario InAccount(Scenario scenario, string account)
    {
        var own = new Regex($@"(?<!\d){Home(scenario)}(?!\d)", RegexOptions.CultureInvariant);
        return Rewriting.Apply(scenario, text => own.Replace(text, account));
    }

    /// <summary>Other event ids and request ids, so that a copy of the story is no repetition of its records.</summary>
    public static Scenario RenewIds(Scenario scenario, ulong seed) =>
        Rewriting.Apply(scenario, text => Id().Replace(text, match => Dice.For($"{seed} {match.Value}").Guid()));

    /// <summary>Only what the attacker did, and what services did for that: the story without anything to hide among.</summary>
    public static Scenario WithoutBystanders(Scenario scenario) => scenario with { Records = [.. scenario.Records.Where(record => record.IsAttack)] };

    /// <summary>Several stories at once, in the order of time. Give each an account, names and ids of its own before.</summary>
    public static Scenario Together(string id, params IEnumerable<Scenario> scenarios)
    {
        var all = scenarios.ToImmutableArray();
        return new(
            id, string.Join("; ", all.Select(scenario => scenario.Title)), all.Any(scenario => scenario.IsAttack),
                [.. all.SelectMany(scenario => scenario.Attackers).Distinct()],
            [.. all.SelectMany(scenario => scenario.Planted).Distinct()], [.. all.SelectMany(scenario => scenario.Records).OrderBy(record => record.Time)]);
    }

    /// <summary>The account that most of the records are of.</summary>
    internal static string Home(Scenario scenario) =>
        scenario.Records.Select(record => Recipient().Match(record.Json).Groups[1].Value).CountBy(account => account).MaxBy(pair => pair.Value).Key;

    [GeneratedRegex("\"recipientAccountId\":\"(\\d{12})\"")]
    private static partial Regex Recipient();

    [GeneratedRegex(@"\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b")]
    private static partial Regex Id();
}
