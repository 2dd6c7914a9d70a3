using Microsoft.Win32.SafeHandles;
using ResponseKit.Replay.Archives;
using ResponseKit.Replay.Scanning;

namespace ResponseKit.Replay.Reading;

/// <summary>
/// Reads CloudTrail logs as they are delivered, and as people keep them: files and folders of them, compressed, archived or not, whatever their names; log files, bare
/// arrays, records, EventBridge envelopes, answers and exports of other programs one after another. A damaged file counts to where it is damaged. Memory is bounded by the
/// readers and the largest record, apart from the list of the files and what <see cref="ArchiveLimits.MostInMemory"/> says.
/// </summary>
/// <param name="filter">Which records are handed over.</param>
/// <param name="parallelism">How many files are read at the same time, at least one; they are begun in the order of their times.</param>
internal sealed class LogReader(RecordFilter filter, int parallelism)
{
    /// <summary>How much may come out of a file.</summary>
    public ArchiveLimits Limits { get; init; } = ArchiveLimits.Default;

    /// <summary>Where files are that are not on this machine; null for nowhere.</summary>
    public ILogStore? Store { get; init; }

    /// <summary>What "-" is read from.</summary>
    public Func<Stream> StandardInput { get; init; } = () => new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);

    /// <summary>Reads everything under the paths and hands over what passes the filter.</summary>
    /// <param name="paths">Files and folders; "-" is standard input.</param>
    /// <param name="sink">Takes the records.</param>
    /// <param name="progress">Is told about ten times a second, and once at the end.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    public async Task<ReadSummary> ReadAsync(
        IReadOnlyList<string> paths, IRecordSink sink, IProgress<ReadProgress> progress, CancellationToken cancellationToken)
    {
        var found = await Task.Run(() => LogFinder.Find(paths, Store, cancellationToken), cancellationToken);
        var tally = new ReadTally(found.Files.Count, found.Files.Sum(file => file.Bytes), progress);
        var next = -1;
        var readerCount = Math.Clamp(found.Files.Count, 1, parallelism);
        var spare = new SpareReaders(parallelism - readerCount);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var readers = Enumerable.Range(0, readerCount).Select(_ => Task.Factory.StartNew(
            () => ReadFiles(() => Take(found.Files, ref next), sink, tally, spare, failed, cancellationToken),
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        await Task.WhenAll(readers);
        tally.Report();
        return tally.Summary(found.Skipped);
    }

    private static LogFile? Take(IReadOnlyList<LogFile> files, ref int next)
    {
        var index = Interlocked.Increment(ref next);
        return index < files.Count ? files[index] : null;
    }

    private void ReadFiles(
        Func<LogFile?> take, IRecordSink sink, ReadTally tally, SpareReaders spare, CancellationTokenSource failed, CancellationToken cancellationToken)
    {
        using var pump = new TextPump(spare);
        try
        {
            var reading = new FileReading(filter, sink, tally, pump, Limits, failed.Token);
            while (take() is { } file)
                tally.Done(file.Path, reading.Read(Source(file, failed.Token)));

            spare.Give();
        }
        catch (OperationCanceledException) when (failed.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Another reader failed, and tells why.
        }
        catch
        {
            failed.Cancel();
            throw;
        }
    }

    private LogSource Source(LogFile file, CancellationToken cancellationToken) => file.IsFar
        ? new(file.Path, file.Bytes, () => Store!.Open(file, cancellationToken)) { IsFar = true }
        : new(file.Path, file.Bytes, () => file.IsStandardInput ? StandardInput() : LogStream.OpenFile(file.Path)) { IsReadOnce = file.IsReadOnce };
}
