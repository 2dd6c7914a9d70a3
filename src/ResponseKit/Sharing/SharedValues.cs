namespace ResponseKit.Sharing;

/// <summary>
/// Gives the same object for an equal one that came lately. Bounded as <see cref="RecentTexts{T}"/> is. For several threads.
/// </summary>
/// <param name="comparer">When two are equal.</param>
internal sealed class SharedValues<T>(IEqualityComparer<T> comparer)
    where T : class
{
    private const int Places = 2048;

    private readonly T?[] values = new T?[Places];

    /// <summary>The value, or the equal one that is there.</summary>
    public T Of(T value)
    {
        ref var place = ref values[comparer.GetHashCode(value) & (Places - 1)];
        return place is { } there && comparer.Equals(there, value) ? there : place = value;
    }
}
