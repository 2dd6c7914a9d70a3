namespace ResponseKit.Replay.Reading;

/// <summary>Something to read: a file, an object of a bucket, a file in an archive.</summary>
/// <param name="Name">Its name, with that of the archive in front; only ever shown.</param>
/// <param name="Bytes">Its size; 0 where nobody knows.</param>
/// <param name="Open">Opens it.</param>
internal sealed record LogSource(string Name, long Bytes, Func<Stream> Open)
{
    /// <summary>Whether it can be opened but once.</summary>
    public bool IsReadOnce { get; init; }

    /// <summary>Whether opening it again costs so much that it is rather held in memory.</summary>
    public bool IsFar { get; init; }

    /// <summary>How many archives and compressed files it lies in.</summary>
    public int Nested { get; init; }

    /// <summary>Opens it once more; null where that cannot be.</summary>
    public Func<LogStream>? Reopen => IsReadOnce ? null : () => new LogStream(Open());

    /// <summary>The same, held in memory.</summary>
    public LogSource Held(byte[] content, int length) => this with { Bytes = length, Open = () => new MemoryStream(content, 0, length, writable: false), IsReadOnce = false, IsFar = false };
}

/// <summary>Where files are that are not on this machine.</summary>
internal interface ILogStore
{
    /// <summary>Whether it keeps what is named so.</summary>
    bool Has(string path);

    /// <summary>Lists the files under a path.</summary>
    /// <exception cref="IOException">It cannot be listed; the message says why and what to do.</exception>
    IEnumerable<LogFile> Find(string path, CancellationToken cancellationToken);

    /// <summary>Opens one of them.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    Stream Open(LogFile file, CancellationToken cancellationToken);
}
