using Microsoft.Win32.SafeHandles;
using ResponseKit.Replay.Scanning;

namespace ResponseKit.Replay.Reading;

/// <summary>
/// Reads CloudTrail logs as they are delivered: files and folders of them, compressed or not, whatever their names; log files, bare
/// arrays, records or EventBridge envelopes one after another. A damaged file counts to where it is damaged. Memory is bounded by the
/// readers and the largest record, apart from the list of the files.
/// </summary>
/// <param name="filter">Which records are handed over.</param>
/// <param name="parallelism">How many files are read at the same time, at least one; they are begun in the order of their times.</param>
internal sealed class LogReader(RecordFilter filter, int parallelism)
{
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
        var found = await Task.Run(() => LogFinder.Find(paths, cancellationToken), cancellationToken);
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
            while (take() is { } file)
            {
                var path = file.Path;
                var relay = new RecordRelay(filter, sink, path);
                tally.Done(path, FileReading.Read(() => Open(file), file.IsReadOnce, relay, tally, pump, failed.Token));
            }

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

    private LogStream Open(LogFile file) => file.IsStandardInput ? new LogStream(StandardInput()) : LogStream.Open(file.Path);
}
