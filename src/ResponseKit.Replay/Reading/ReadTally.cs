namespace ResponseKit.Replay.Reading;

/// <summary>What several readers have done together, told about ten times a second.</summary>
internal sealed class ReadTally(int files, long bytes, IProgress<ReadProgress> progress)
{
    private const int MillisecondsBetweenReports = 100;

    private readonly Lock gate = new();
    private readonly List<SkippedInput> skipped = [];
    private int filesDone;
    private long bytesDone;
    private long records;
    private long candidates;
    private long lastReport = Environment.TickCount64;

    public void Add(long moreBytes, long moreRecords, long moreCandidates)
    {
        Interlocked.Add(ref bytesDone, moreBytes);
        Interlocked.Add(ref records, moreRecords);
        Interlocked.Add(ref candidates, moreCandidates);
        var last = Volatile.Read(ref lastReport);
        var now = Environment.TickCount64;
        if (now - last >= MillisecondsBetweenReports && Interlocked.CompareExchange(ref lastReport, now, last) == last)
            Report();
    }

    public void Done(string file, string? problem)
    {
        Interlocked.Increment(ref filesDone);
        if (problem is null)
            return;
        lock (gate)
            skipped.Add(new(file, problem));
    }

    /// <summary>Tells what was left out of a file, or of an archive, that goes on being read.</summary>
    public void Skip(string file, string problem)
    {
        lock (gate)
            skipped.Add(new(file, problem));
    }

    public void Report() =>
        progress.Report(new(Volatile.Read(ref filesDone), files, Volatile.Read(ref bytesDone), bytes, Volatile.Read(ref records)));

    public ReadSummary Summary(IEnumerable<SkippedInput> alsoSkipped) => new(
        filesDone, records, candidates, bytesDone, [.. skipped.Concat(alsoSkipped).OrderBy(input => input.File, StringComparer.Ordinal)]);
}
