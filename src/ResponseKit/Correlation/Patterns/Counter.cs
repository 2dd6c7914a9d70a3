namespace ResponseKit.Correlation.Patterns;

/// <summary>Counts how often each of several things is in a sliding window.</summary>
/// <param name="comparer">By what two things are the same; by themselves when it is null.</param>
internal sealed class Counter<T>(IEqualityComparer<T>? comparer = null)
    where T : notnull
{
    private readonly Dictionary<T, int> counts = new(comparer);

    /// <summary>How many different things are in it.</summary>
    public int Different => counts.Count;

    /// <summary>The different things.</summary>
    public IEnumerable<T> All => counts.Keys;

    /// <summary>Whether a thing is in it.</summary>
    public bool Has(T item) => counts.ContainsKey(item);

    /// <summary>How often a thing is in it.</summary>
    public int CountOf(T item) => counts.GetValueOrDefault(item);

    public void Add(T item) => counts[item] = counts.GetValueOrDefault(item) + 1;

    public void Remove(T item)
    {
        if (--counts[item] == 0)
            counts.Remove(item);
    }
}
