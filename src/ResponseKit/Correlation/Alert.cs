namespace ResponseKit.Correlation;

/// <summary>The moment at which a verdict could be given.</summary>
/// <param name="EventId">The CloudTrail event id of the call that tipped the scales.</param>
/// <param name="Time">When that call was made.</param>
public sealed record Alert(string EventId, DateTimeOffset Time);
