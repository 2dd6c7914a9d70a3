using ResponseKit.Cli.Drill.Output;

namespace ResponseKit.Cli.Drill.Attack;

/// <summary>What a part of the attack works with.</summary>
/// <param name="Account">The account attacked.</param>
/// <param name="Stolen">Clients with the stolen credentials.</param>
/// <param name="Size">How big the attack is.</param>
/// <param name="Loot">Where what was made is noted.</param>
/// <param name="Timeline">Where steps are told.</param>
/// <param name="Random">Names, the same in every drill.</param>
internal sealed record AttackContext(DrillAccount Account, DrillClients Stolen, DrillSize Size, Loot Loot, Timeline Timeline, Random Random)
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>The random-looking names that the campaign used for clusters and task definitions.</summary>
    public string RandomName(int length)
    {
        lock (Random)
            return new string(Random.GetItems<char>(Letters, length));
    }
}

/// <summary>One part of the attack.</summary>
internal interface IAttackStep
{
    Task RunAsync(AttackContext context, CancellationToken cancellationToken);
}
