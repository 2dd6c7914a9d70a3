namespace ResponseKit.Response.Stores;

/// <summary>
/// Ends rounds so that nothing is lost that comes at the same time: triage keeps what it observes before it reads whether the round has ended, and here the end
/// is noted before the case is read once more. So one of the two sees what the other did.
/// </summary>
public static class RoundEnd
{
    /// <summary>
    /// Notes that a round has ended, unless something took effect in its case that no plan knew: then it goes on. Asked again for a round that was ended,
    /// it looks again.
    /// </summary>
    /// <param name="cases">Where incidents are kept.</param>
    /// <param name="record">The round.</param>
    /// <param name="answered">The events that its plans were made by.</param>
    /// <param name="dismissed">What counts no more, and was in no plan for that.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up at once.</param>
    /// <returns>Whether the round is over: true as well when another one has begun meanwhile, which answers what came.</returns>
    public static async Task<bool> TryAsync(
        ICaseStore cases, IncidentRecord record, AnsweredEvents answered, Dismissals dismissed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (record.IsOpen && !await cases.MarkEndedAsync(record, now, cancellationToken))
            return true;
        if (await cases.FindAsync(record.Incident.Id, cancellationToken) is not { } then || then.Round != record.Round)
            return true;
        return !answered.Misses(then.Incident.Case.Without(dismissed.Covers), then.Begins) || !await cases.MarkEndedAsync(record, ended: null, cancellationToken);
    }
}
