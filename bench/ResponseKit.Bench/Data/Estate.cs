using System.Collections.Immutable;
using ResponseKit.Scenarios;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Bench.Data;

/// <summary>
/// Some busy accounts over some days: so many of both that a file, of an account, a region and an hour, holds a thousand or two records. Each account lives an
/// innocent story a day on top of its household, and the attacks are spread over accounts and days under names of their own.
/// </summary>
internal sealed class Estate
{
    private const double BytesOfAnAccountsDay = 90e6;
    private const int MostAccounts = 6;

    // One thief each, who comes and goes within the day.
    private static readonly string[] Attacks =
    [
        "nov-2025-campaign", "ecs-only-by-region", "getsessiontoken-chain", "federation-ses-takeover", "ambersquid", "slow-attacker", "failing-spray-mixed",
        "nov-2025-campaign-boto3",
    ];

    private readonly ImmutableArray<Scenario> innocent = [.. ScenarioCatalogue.All.Where(story => !story.IsAttack)];
    private readonly int attacks;

    public Estate(long bytes, int attacks)
    {
        this.attacks = attacks;
        var accountDays = Math.Max(1, (int)Math.Round(bytes / BytesOfAnAccountsDay));
        var accounts = Math.Clamp((int)Math.Sqrt(accountDays), 1, MostAccounts);
        Days = (accountDays + accounts - 1) / accounts;
        BytesOfADay = bytes / (accounts * Days);
        var dice = Dice.For("accounts");
        Households = [.. Enumerable.Range(0, accounts).Select(number => new Household(innocent, dice.Between(1, 9) + dice.Digits(11), number))];
    }

    public ImmutableArray<Household> Households { get; }

    public int Days { get; }

    /// <summary>About how much an account writes in a day, uncompressed.</summary>
    public long BytesOfADay { get; }

    /// <summary>The day all stories are of before they are moved.</summary>
    public static DateTimeOffset FirstDay { get; } = new(2026, 3, 10, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What happens in an account on a day beside the household's life; the innocent story is left out where it would be most of the day.</summary>
    public IEnumerable<Scenario> Stories(int account, int day)
    {
        var slot = (day * Households.Length) + account;
        var quiet = innocent[slot % innocent.Length];
        if (quiet.Records.Sum(record => (long)record.Json.Length) < BytesOfADay / 4)
            yield return Told(quiet, account, day, (ulong)slot, rename: false);
        for (var attack = 0; attack < attacks; attack++)
        {
            if (SlotOf(attack) == slot)
                yield return Told(ScenarioCatalogue.Find(Attacks[attack % Attacks.Length]), account, day, (ulong)attack + 1_000_000, rename: true);
        }
    }

    private int SlotOf(int attack) => (int)((attack + 0.5) * Households.Length * Days / attacks);

    private Scenario Told(Scenario story, int account, int day, ulong seed, bool rename)
    {
        var told = Variations.Shift(Variations.RenewIds(Variations.InAccount(story, Households[account].Account), seed), TimeSpan.FromDays(day));
        return rename ? Variations.Rename(told, seed) : told;
    }
}
