namespace ResponseKit.Correlation;

/// <summary>The evidence up to one moment.</summary>
/// <param name="Level">0 ignore, 1 watch, 2 contain.</param>
/// <param name="Score">The score, after all factors.</param>
/// <param name="Parts">Each category's part, before factors.</param>
/// <param name="Rush">Each category's part within the rush before the moment.</param>
/// <param name="First">The first signal's place.</param>
/// <param name="Last">The last signal's place.</param>
/// <param name="IsLong">Whether it is the long window that the score is of.</param>
/// <param name="HasActs">Whether somebody acted in it.</param>
/// <param name="IsDecided">Whether a decisive act lies in it.</param>
/// <param name="HasCostly">Whether costly compute was made in it.</param>
internal sealed record Window(int Level, int Score, Parts Parts, Parts Rush, int First, int Last, bool IsLong, bool HasActs, bool IsDecided, bool HasCostly);
