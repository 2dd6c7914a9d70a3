namespace ResponseKit.Correlation.Explaining;

/// <summary>One kind of thing that was done.</summary>
/// <param name="Time">When for the first time.</param>
/// <param name="Until">When for the last time.</param>
/// <param name="Count">How often.</param>
/// <param name="Text">What, in a clause that begins with a verb: of the first time.</param>
/// <param name="DetectionId">Which detection says so.</param>
/// <param name="Category">What kind of evidence it is.</param>
/// <param name="Points">How much it adds to its category, before the category's cap.</param>
/// <param name="IsDecisive">Whether it alone is reason enough to contain.</param>
public sealed record ExplainedStep(
    DateTimeOffset Time, DateTimeOffset Until, int Count, string Text, string DetectionId, SignalCategory Category, int Points, bool IsDecisive);
