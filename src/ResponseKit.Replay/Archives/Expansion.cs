namespace ResponseKit.Replay.Archives;

/// <summary>How much may come out of one file.</summary>
internal sealed record ArchiveLimits
{
    /// <summary>What logs need, and more.</summary>
    public static ArchiveLimits Default { get; } = new();

    /// <summary>How deep archives and compressed files may lie in one another.</summary>
    public int MostNested { get; init; } = 4;

    /// <summary>How many files there may be in an archive, those of archives in it included.</summary>
    public int MostEntries { get; init; } = 1_000_000;

    /// <summary>How many bytes may come out of it, however large it is.</summary>
    public long MostBytes { get; init; } = 1L << 40;

    /// <summary>How many times its own size may come out of it. Logs have ten to thirty.</summary>
    public int MostGrowth { get; init; } = 250;

    /// <summary>What comes out before the growth is looked at.</summary>
    public long FreeBytes { get; init; } = 64L << 20;

    /// <summary>A file in an archive is held in memory up to this size, which is faster; a ZIP archive that can be read but once must not be larger.</summary>
    public int MostInMemory { get; init; } = 64 << 20;
}

/// <summary>Watches what comes out of one file, at all depths together, so that none made to waste time or memory does.</summary>
/// <param name="limits">How much may.</param>
/// <param name="bytes">How large the file is; 0 where nobody knows, and then what was read of it counts.</param>
internal sealed class Expansion(ArchiveLimits limits, long bytes)
{
    private long grown;
    private int entries;

    /// <summary>Which limit was reached; null while none was.</summary>
    public string? Problem { get; private set; }

    /// <summary>How many bytes of the file were read, where its size is not known beforehand.</summary>
    public Func<long> Read { get; set; } = () => 0;

    /// <summary>Counts a file of an archive; false when there are too many, as <see cref="Problem"/> says then.</summary>
    public bool TryAddEntry()
    {
        if (++entries > limits.MostEntries)
            Reached($"it holds more than {limits.MostEntries} files; the rest was not read");
        return Problem is null;
    }

    /// <summary>Counts what came out; false when it is too much, as <see cref="Problem"/> says then.</summary>
    public bool TryAdd(int more)
    {
        grown += more;
        if (grown > limits.MostBytes)
            Reached($"more than {limits.MostBytes} bytes came out of it; the rest was not read");
        if (grown > limits.FreeBytes && grown / limits.MostGrowth > Math.Max(bytes, Read()))
            Reached($"it grows to more than {limits.MostGrowth} times its size, as no log does; the rest was not read");
        return Problem is null;
    }

    private void Reached(string limit) => Problem ??= limit;
}

/// <summary>What comes out of an archive, counted.</summary>
internal sealed class WatchedText(Stream inner, Expansion expansion) : TextStream
{
    /// <exception cref="UnreadableException">More came out than may.</exception>
    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        return expansion.TryAdd(count) ? count : throw new UnreadableException(expansion.Problem!);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
