using ResponseKit.Correlation;

namespace ResponseKit.Response.Stores;

/// <summary>An incident and how far its response is.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Round">How often it has been opened: 1 the first time.</param>
/// <param name="Opened">When this round was opened.</param>
/// <param name="Started">When this round's response was started; null while it was not.</param>
/// <param name="Ended">When this round's response ended; null while it has not.</param>
public sealed record IncidentRecord(Incident Incident, int Round, DateTimeOffset Opened, DateTimeOffset? Started = null, DateTimeOffset? Ended = null)
{
    /// <summary>When the round before this one ended, with everything restrained; null in the first.</summary>
    public DateTimeOffset? PreviousEnded { get; init; }

    /// <summary>This round, for planning.</summary>
    public PlanRound Plans => new(Round, Opened, PreviousEnded);

    /// <summary>Whether it is as ResponseKit wrote it. What is not may be shown, and is never acted on without a person.</summary>
    public bool IsVerified { get; init; } = true;

    /// <summary>Whether its response was started so long ago that it must be under way still, or have failed: one that has ended would have closed the round.</summary>
    public bool IsOverdue { get; init; }

    /// <summary>
    /// When the incident begins. What the actor made before is left alone: a stolen identity has an honest past, and terminating its work would be
    /// the worse damage.
    /// </summary>
    public DateTimeOffset Begins => Incident.Opened - DateTimeOffset.MinValue > Incident.Lead ? Incident.Opened - Incident.Lead : DateTimeOffset.MinValue;

    /// <summary>The name of this round's response: what is started under it twice is started once.</summary>
    public string ResponseName => ResponseNameOf(Incident.Id, Round);

    /// <summary>The same of any incident's round.</summary>
    public static string ResponseNameOf(string incident, int round) => round == 1 ? incident : $"{incident}-{round}";

    /// <summary>Whether a response is due or under way.</summary>
    public bool IsOpen => Ended is null;

    /// <summary>The record without what is known of the incident, which is kept observation by observation.</summary>
    internal IncidentRecord WithoutCase() => this with { Incident = Incident with { Case = CaseFile.Empty(Incident.CaseKey) } };

    /// <summary>Whether the verdict of this round is to brake.</summary>
    public bool IsBrake => Incident.Verdict is Verdict.Brake;

    /// <summary>
    /// What is to stand in the store when an incident is opened: itself while there is none, the next round of one that has ended when something took effect
    /// that no plan of it knew, else null. To contain supersedes to brake at once. A brake is drawn out only by an act that no plan knew, and never beyond its
    /// longest end.
    /// </summary>
    internal static IncidentRecord? Next(IncidentRecord? latest, Incident incident, AnsweredEvents answered, DateTimeOffset now)
    {
        var first = new IncidentRecord(incident, 1, now);
        if (latest is null)
            return first;
        var isBrake = incident.Verdict is Verdict.Brake;
        var brake = isBrake ? incident.Brake?.After(latest.Incident.Brake) : latest.Incident.Brake;
        var since = Earlier(latest.Begins, first.Begins);
        var isDue = (latest.IsBrake, isBrake) switch
        {
            (true, false) => true,
            (_, true) => !latest.IsOpen && brake?.Until > now && answered.MissesAct(incident.Case, since),
            _ => !latest.IsOpen && answered.Misses(incident.Case, since),
        };
        if (!isDue)
            return null;
        return first with
        {
            Incident = incident with { Id = latest.Incident.Id, Brake = brake },
            Round = latest.Round + 1,
            // A brake revokes no session.
            PreviousEnded = latest.IsBrake ? latest.PreviousEnded : latest.Ended,
        };
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
