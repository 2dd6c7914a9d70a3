namespace ResponseKit.Correlation.Novelty;

/// <summary>One respect of a call that may be usual for its actor or not.</summary>
/// <param name="Kind">Which respect.</param>
/// <param name="Value">How the call is in it, fit to be shown.</param>
public readonly record struct Trait(TraitKind Kind, string Value);
