namespace ResponseKit.Response.Stores;

/// <summary>What came of adding an observation.</summary>
/// <param name="IsNew">Whether it made a difference to what is kept; false when its event is known, or repeats what is kept.</param>
/// <param name="BeginsToThin">
/// Whether with it the first thing is left out of its actor's five minutes that is more than the same thing done again: somebody does very many different things of
/// the same kind.
/// </param>
public readonly record struct AddedObservation(bool IsNew, bool BeginsToThin);
