namespace ResponseKit.Correlation;

/// <summary>The moment at which a verdict could be given.</summary>
/// <param name="EventId">The CloudTrail event id of the call that tipped the scales.</param>
/// <param name="Time">When that call was made.</param>
/// <param name="Begins">When the first call was made that counted for it, without a pause longer than a rush in between.</param>
public sealed record Alert(string EventId, DateTimeOffset Time, DateTimeOffset Begins);
