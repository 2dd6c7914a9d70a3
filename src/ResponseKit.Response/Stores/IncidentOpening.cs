namespace ResponseKit.Response.Stores;

/// <summary>What came of opening an incident.</summary>
/// <param name="Record">The incident that is open, or that has ended and stays so.</param>
/// <param name="IsNew">Whether this call opened it.</param>
public sealed record IncidentOpening(IncidentRecord Record, bool IsNew);
