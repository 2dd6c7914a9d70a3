using System.Diagnostics.CodeAnalysis;
using ResponseKit.Replay.Scanning;
using ResponseKit.Text;

namespace ResponseKit.Replay.Reading;

/// <summary>Reads one file: takes it apart piece by piece, and says at the end what was wrong with it.</summary>
internal sealed class FileReading : IDisposable
{
    private readonly ReadTally tally;
    private readonly RecordRelay relay;
    private readonly RecordSplitter splitter;
    private readonly LogStream file;
    private long bytesTold;
    private long recordsTold;
    private long candidatesTold;

    private FileReading(LogStream file, ReadTally tally, RecordRelay relay)
    {
        (this.file, this.tally, this.relay) = (file, tally, relay);
        splitter = new(relay);
    }

    // Something else than a log: there is nothing to wait for.
    private bool IsHopeless => splitter is { Problem: not null, Found: 0, Offset: > JsonInput.MaxBytes };

    private long Records => splitter.Found - relay.Others;

    /// <summary>Reads the file to its end or to its damage.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    /// <param name="open">Opens it.</param>
    /// <param name="isReadOnce">Whether it cannot be opened a second time.</param>
    /// <param name="relay">Takes the records.</param>
    /// <param name="tally">Counts.</param>
    /// <param name="pump">Moves the text.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    public static string? Read(Func<LogStream> open, bool isReadOnce, RecordRelay relay, ReadTally tally, TextPump pump, CancellationToken cancellationToken)
    {
        if (!TryOpen(open, out var opened, out var problem))
            return problem;
        using (opened)
        {
            using var reading = new FileReading(opened, tally, relay);
            return opened.OtherCompression() is { } other
                ? $"it is {other}, which is not read; unpack it first"
                : reading.Read(isReadOnce ? null : open, pump, cancellationToken);
        }
    }

    private static bool TryOpen(Func<LogStream> open, [NotNullWhen(true)] out LogStream? file, out string? problem)
    {
        (file, problem) = (null, null);
        try
        {
            file = open();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = $"it could not be opened ({Printable.Of(error.Message, 200)})";
            return false;
        }
    }

    public void Dispose() => splitter.Dispose();

    private string? Read(Func<LogStream>? reopen, TextPump pump, CancellationToken cancellationToken)
    {
        using var text = file.Decompress(reopen);
        var failure = pump.Run(text, Take, cancellationToken);
        if (failure is null)
            splitter.End();
        Tell();
        return failure is null ? Problem() : $"{Named(failure)}: byte {splitter.Offset} of its text, after {Records} records";
    }

    private static string Named(Exception failure) => failure is GzipException known ? known.Message
        : failure is InvalidDataException ? "the compressed data is damaged or cut off"
        : $"it could not be read on ({Printable.Of(failure.Message, 200)})";

    private bool Take(ReadOnlySpan<byte> bytes)
    {
        splitter.Read(bytes);
        Tell();
        return !IsHopeless;
    }

    private void Tell()
    {
        var (bytes, records, candidates) = (file.Taken, Records, relay.Candidates);
        tally.Add(bytes - bytesTold, records - recordsTold, candidates - candidatesTold);
        (bytesTold, recordsTold, candidatesTold) = (bytes, records, candidates);
    }

    private string? Problem()
    {
        var parts = new[] { Damage(), TooLarge(), WithoutRecords() }.OfType<string>().ToList();
        return parts.Count == 0 ? null : string.Join("; ", parts);
    }

    private string? Damage() =>
        splitter.Problem is { } first ? first + (splitter.Problems == 1 ? "" : $", and {splitter.Problems - 1} more such places") : null;

    private string? TooLarge() => splitter.TooLarge == 0
        ? null
        : $"{splitter.TooLarge} records of more than {JsonInput.MaxBytes} bytes were left out, the first is record {splitter.FirstTooLarge}";

    private string? WithoutRecords() => (Records, splitter.HasArray, relay.HasDigest, splitter.Offset) switch
    {
        ( > 0, _, _, _) or (_, true, _, _) => null,
        // A digest vouches for log files and holds no records, so nothing is left out.
        (_, _, true, _) => null,
        (_, _, _, 0) => "it is empty",
        _ when splitter.Problem is not null => null,
        _ => "it holds no CloudTrail records",
    };
}
