using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Aws.Stores.Sealing;
using ResponseKit.Deployment;
using ResponseKit.Response.Notifications;
using ResponseKit.Response.Stores.Sealing;

namespace ResponseKit.Functions;

/// <summary>
/// Writes each item that cannot be verified into the log, where an alarm counts it, and tells people once a day for each sort of item: after an upgrade there
/// are many.
/// </summary>
/// <param name="seal">What checks items.</param>
/// <param name="notifier">Who tells people.</param>
/// <param name="log">The log.</param>
/// <param name="time">The clock.</param>
internal sealed class StateNotices(StateSeal seal, INotifier notifier, FunctionLog log, TimeProvider time) : IStateWatch
{
    private const string Incident = "state";
    private readonly ConcurrentDictionary<string, bool> told = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task FoundAsync(UnverifiedItem found, CancellationToken cancellationToken)
    {
        var today = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (found.Authenticity == Authenticity.Unchecked)
        {
            await TellOnceAsync($"seal-key-{today}", LogWords.SealKeyUnusable, await seal.ProblemAsync(cancellationToken) ?? "The seal key could not be used.", Unusable, cancellationToken);
            return;
        }

        log.Write(
            LogSeverity.Error, LogWords.Unverified, ("kind", found.Kind), ("pk", found.Partition), ("sk", found.Sort), ("seal", found.Authenticity.ToString()),
            ("message", found.Text));
        await TellAsync($"unverified-{found.Kind}-{found.Authenticity}-{today}", $"a stored {found.Kind} cannot be verified", [found.Text, "", .. Unverified], cancellationToken);
    }

    private static ImmutableArray<string> Unverified =>
    [
        "Nothing is done by it, except that a kill switch or a rejection counts as set. An incident that cannot be verified does not keep triage from responding.",
        "What is replaced is kept beside it, under a sort key that begins with aside#.",
        $"All of them are in the functions' logs: {LogWords.Unverified}. CloudTrail's data events of the table tell who wrote it.",
        "Right after an upgrade from a version without seals this is expected. See docs/decisions/0029-state-is-sealed.md.",
    ];

    private static ImmutableArray<string> Unusable =>
    [
        "Until it can be used again, identities are still contained, and everything else is held: nothing is destroyed, undone or approved.",
        "See who changed the key: CloudTrail, DisableKey, ScheduleKeyDeletion and PutKeyPolicy. Enable it again: aws kms enable-key --key-id …; cancel its deletion: "
        + "aws kms cancel-key-deletion --key-id …. What was held goes on with the actor's next event.",
    ];

    private async Task TellOnceAsync(string state, string what, string problem, ImmutableArray<string> more, CancellationToken cancellationToken)
    {
        if (!told.TryAdd(state, true))
            return;
        log.Write(LogSeverity.Error, what, ("message", problem));
        await TellAsync(state, "its seal key cannot be used", [problem, "", .. more], cancellationToken);
    }

    private async Task TellAsync(string state, string subject, ImmutableArray<string> lines, CancellationToken cancellationToken)
    {
        var notice = new Notice { Incident = Incident, State = state, Subject = $"ResponseKit: {subject}", Lines = lines };
        if (await notifier.TellAsync(notice, cancellationToken) is NoticeOutcome.Failed failed)
            log.Write(LogSeverity.Error, "notice.failed", ("state", state), ("subject", notice.SubjectLine), ("error", failed.Reason));
    }
}
