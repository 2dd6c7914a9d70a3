using System.Collections.Immutable;
using ResponseKit.Cli.Drill.Attack;
using ResponseKit.Cli.Drill.Estate;

namespace ResponseKit.Cli.Drill.Checks;

/// <summary>Proves the end state by asking the account.</summary>
internal sealed class EndState(DrillAccount account, DrillSize size, Loot loot, InnocentEstate estate, Foothold foothold, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>After a response that was allowed to act: the attacker has nothing left, everybody else has everything.</summary>
    public async Task<ImmutableArray<DrillCheck>> ContainedAsync(EstateSnapshot before, CancellationToken cancellationToken)
    {
        var region = size.Regions[0];
        List<DrillCheck> checks =
        [
            .. await new CredentialChecks(account, loot, region).RunAsync(cancellationToken),
            .. await new ComputeChecks(account, size, estate.Instances).RunAsync(cancellationToken),
            .. await new FunctionChecks(account, loot).RunAsync(cancellationToken),
            .. await InnocentAsync(before, cancellationToken),
        ];
        if (await RightfulUseAsync(region, cancellationToken) is { } works)
            checks.Add(new($"a new session of the role that was misused works", works, works ? "allowed" : "refused"));
        return [.. checks];
    }

    /// <summary>The estate is as it was, the forensic hold too.</summary>
    public async Task<IReadOnlyList<DrillCheck>> InnocentAsync(EstateSnapshot before, CancellationToken cancellationToken)
    {
        var now = await EstateSnapshot.TakeAsync(account, size.Regions[0], estate.Instances, cancellationToken);
        return
        [
            DrillCheck.None("every innocent thing is exactly as before", before.DifferencesTo(now), $"{before.Settings.Count} settings compared"),
            new(
                $"the forensic hold on {estate.HeldInstance} stands",
                now.Settings.GetValueOrDefault($"instance {estate.HeldInstance}, disableApiTermination") == "true",
                "termination protection is on"),
        ];
    }

    // Revoking sessions by issue time reaches a little into the future, so that no old session slips through; new ones work after that.
    private async Task<bool?> RightfulUseAsync(string region, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var works = await foothold.RightfulUseWorksAsync(account, region, cancellationToken);
            if (works != false || time.GetElapsedTime(start) > Patience)
                return works;
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
        }
    }
}
