namespace ResponseKit.Replay.Reading;

/// <summary>Readers that have no file, and can help another with its.</summary>
internal sealed class SpareReaders(int count)
{
    private int count = count;

    /// <summary>Takes one, if there is one; it is to be given back.</summary>
    public bool TryTake()
    {
        for (var seen = Volatile.Read(ref count); seen > 0; seen = Volatile.Read(ref count))
        {
            if (Interlocked.CompareExchange(ref count, seen - 1, seen) == seen)
                return true;
        }

        return false;
    }

    public void Give() => Interlocked.Increment(ref count);
}
