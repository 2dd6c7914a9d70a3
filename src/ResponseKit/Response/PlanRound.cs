namespace ResponseKit.Response;

/// <summary>For which round of an incident is planned.</summary>
/// <param name="Number">How often the incident has been opened: 1 the first time.</param>
/// <param name="Opened">When this round was opened; null before it is.</param>
/// <param name="PreviousEnded">When the round before it ended, with everything restrained; null in the first.</param>
public sealed record PlanRound(int Number, DateTimeOffset? Opened = null, DateTimeOffset? PreviousEnded = null)
{
    /// <summary>Before an incident is opened.</summary>
    public static readonly PlanRound First = new(1);
}
