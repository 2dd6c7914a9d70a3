using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using ResponseKit.Aws.Accounts;
using ResponseKit.Aws.Heartbeats;
using ResponseKit.Deployment;
using ResponseKit.Heartbeats;
using ResponseKit.Resources;
using ResponseKit.Response.Notifications;
using ResponseKit.Response.Stores;

namespace ResponseKit.Functions.Sweeping;

/// <summary>
/// Asks every account and region for a heartbeat, and looks whether the last ones came back the way that evidence takes and whether the rules are as they were
/// deployed, those of the hub itself, too. Silence is told, and the same silence once. That this function itself runs is watched by an alarm on what it writes into its log.
/// </summary>
internal sealed class SweepFunction(FunctionServices services, SweepSettings settings, IHeartbeatStore store, IWatchedAccounts accounts, HubVisit? hub)
{
    private const int AccountsAtOnce = 16;
    private const int RegionsAtOnce = 6;
    private const int MostListed = 60;

    // Under which the hub's own troubles are kept, beside those of accounts, whose names are numbers.
    private const string Hub = "hub";

    /// <summary>Sweeps once.</summary>
    public async Task<byte[]> HandleAsync(ReadOnlyMemory<byte> payload, TimeSpan remaining, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var budget = new TimeBudget(remaining, services.Time);
        end.CancelAfter(budget.ForWork);
        var watched = await accounts.ListAsync(end.Token);
        var found = new ConcurrentBag<AccountSweep>();
        await Parallel.ForEachAsync(
            watched, new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce, CancellationToken = end.Token },
            async (account, token) => found.Add(await SweepAsync(account, token)));
        var answer = await TellAsync([.. found.OrderBy(sweep => sweep.Account, StringComparer.Ordinal)], await OwnRulesAsync(end.Token), end.Token);
        await ReleaseAsync(budget, end.Token);
        return answer;
    }

    // What a response that broke off, or was superseded, did not take away itself.
    private async Task ReleaseAsync(TimeBudget budget, CancellationToken cancellationToken)
    {
        foreach (var record in (await services.Cases.BrakedAsync(cancellationToken)).Where(record => record.IsVerified))
        {
            if (budget.ForWork == TimeSpan.Zero)
                return;
            var released = await new BrakeRelease(services, budget.ForWork).ReleaseAsync(record, cancellationToken);
            if (!released.IsEmpty)
                await services.TellAsync(IncidentNotices.Released(record, released, services.Policy.Mode), cancellationToken);
        }
    }

    // What is wrong with the hub's own rules, and whether that is new; null when nothing is, or nothing is known of them.
    private async Task<(string Trouble, bool IsNew)?> OwnRulesAsync(CancellationToken cancellationToken)
    {
        if (hub is null)
            return null;
        var (now, before) = (services.Time.GetUtcNow(), await store.FindAsync(Hub, cancellationToken));
        var trouble = await hub.CompareAsync(settings.Rules.Hub, cancellationToken);
        var troubles = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        await store.SaveAsync(
            new AccountPulse(Hub, before?.FirstSeen ?? now, "", now) { Troubles = trouble is null ? troubles : troubles.Add(settings.Home, trouble) }, cancellationToken);
        return trouble is null ? null : (trouble, before?.Troubles.GetValueOrDefault(settings.Home) != trouble);
    }

    private async Task<AccountSweep> SweepAsync(string account, CancellationToken cancellationToken)
    {
        var now = services.Time.GetUtcNow();
        var before = await store.FindAsync(account, cancellationToken);
        // Started twice, or by hand: the heartbeats under way must not be taken for lost.
        if (before is not null && !before.IsDue(now))
            return new(account, before.Troubles, []);
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var next = before is null ? new AccountPulse(account, now, nonce, now) : before.Next(nonce, now);
        // Before any is sent: one may be back before the last is sent.
        await store.SaveAsync(next, cancellationToken);
        var troubles = await VisitAsync(account, nonce, cancellationToken);
        if (before is not null)
        {
            foreach (var region in settings.Regions)
            {
                if (before.SilenceOf(region) is { } silence)
                    troubles = troubles.SetItem(region, troubles.TryGetValue(region, out var other) ? $"{silence}; {other}" : silence);
            }
        }

        // A new account gets its roles and rules within the hour.
        if (next.IsArriving(now))
            troubles = troubles.Clear();
        await store.TroublesAsync(next with { Troubles = troubles }, cancellationToken);
        return new(account, troubles, [.. troubles.Where(trouble => before?.Troubles.GetValueOrDefault(trouble.Key) != trouble.Value).Select(trouble => trouble.Key)]);
    }

    private async Task<ImmutableSortedDictionary<string, string>> VisitAsync(string account, string nonce, CancellationToken cancellationToken)
    {
        var partition = Arn.PartitionOf(settings.Home);
        AwsClients clients;
        try
        {
            clients = await services.Accounts.For(Heartbeat.Session, nonce).EnterAsync(account, settings.Home, RegionVisit.Permissions, cancellationToken);
        }
        catch (AccountAccessException error)
        {
            return settings.Regions.ToImmutableSortedDictionary(region => region, _ => error.Message, StringComparer.Ordinal);
        }

        var troubles = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        using (clients)
        {
            await Parallel.ForEachAsync(
                settings.Regions, new ParallelOptions { MaxDegreeOfParallelism = RegionsAtOnce, CancellationToken = cancellationToken },
                async (region, token) =>
                {
                    var sent = await RegionVisit.SendAsync(clients, region, token);
                    var compared = await RegionVisit.CompareAsync(
                        clients, region, [.. settings.Rules.In(partition, account, region)], settings.Bus, $"arn:{partition}:iam::{account}:role/{DeployedNames.ForwarderRole}", token);
                    if (sent is not null || compared is not null)
                        troubles[region] = string.Join("; ", new[] { sent, compared }.OfType<string>());
                });
        }

        return troubles.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    private async Task<byte[]> TellAsync(ImmutableArray<AccountSweep> sweeps, (string Trouble, bool IsNew)? own, CancellationToken cancellationToken)
    {
        var silent = sweeps.Sum(sweep => sweep.Troubles.Count);
        ImmutableArray<string> news =
        [
            .. own is { IsNew: true } ? ImmutableArray.Create($"- the hub itself, region {settings.Home}: {own.Value.Trouble}") : [],
            .. from sweep in sweeps
               from region in sweep.News
               select $"- account {sweep.Account}, region {region}: {sweep.Troubles[region]}",
        ];
        if (!news.IsEmpty)
        {
            await services.TellAsync(
                new Notice
                {
                    Incident = "heartbeat",
                    State = $"silent-{services.Time.GetUtcNow():yyyyMMddHHmm}",
                    Subject = own is { IsNew: true } && silent == 0
                        ? "ResponseKit: something is wrong with rules of its own"
                        : $"ResponseKit: it hears nothing, or less, from {silent} of {sweeps.Length * settings.Regions.Length} accounts and regions",
                    Lines =
                    [
                        "What is done there may not be seen, so nobody is contained for it, or nobody is told. New since the last look:", "",
                        .. news.Take(MostListed), .. news.Length > MostListed ? ImmutableArray.Create($"- and {news.Length - MostListed} more") : [],
                        "", "See whether a trail logs, the rules and roles are there, and who changed them. Deploying again puts rules and roles right.",
                    ],
                    Attributes = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("state", "silent")]),
                },
                cancellationToken);
        }

        if (silent > 0 || own is not null)
            services.Log.Write(LogSeverity.Error, LogWords.Silent, ("places", $"{silent}"), ("new", news.IsEmpty ? null : string.Join('\n', news.Take(MostListed))));
        services.Log.Write(LogSeverity.Information, LogWords.Swept, ("accounts", $"{sweeps.Length}"), ("regions", $"{settings.Regions.Length}"), ("silent", $"{silent}"));
        return AnswerJson.Of(json =>
        {
            json.WriteNumber("accounts", sweeps.Length);
            json.WriteNumber("regions", settings.Regions.Length);
            json.WriteNumber("silent", silent);
            json.WriteStartArray("news");
            foreach (var line in news)
                json.WriteStringValue(line);
            json.WriteEndArray();
        });
    }

    // What was found in one account: what is wrong by region, and where that is new.
    private sealed record AccountSweep(string Account, ImmutableSortedDictionary<string, string> Troubles, ImmutableArray<string> News);
}
