using System.Diagnostics.CodeAnalysis;
using ResponseKit.Replay.Archives;
using ResponseKit.Replay.Contents;
using ResponseKit.Replay.Scanning;
using ResponseKit.Text;

namespace ResponseKit.Replay.Reading;

/// <summary>Reads files, and those that are in archives: finds out what each is, takes it apart, and says at the end what was wrong with it.</summary>
/// <param name="filter">Which records are handed over.</param>
/// <param name="sink">Takes them.</param>
/// <param name="tally">Counts.</param>
/// <param name="pump">Moves text.</param>
/// <param name="limits">How much may come out of a file.</param>
/// <param name="cancellationToken">Ends the reading early.</param>
internal sealed class FileReading(
    RecordFilter filter, IRecordSink sink, ReadTally tally, TextPump pump, ArchiveLimits limits, CancellationToken cancellationToken)
{
    private Expansion expansion = new(limits, 0);
    private Func<long> taken = () => 0;
    private long bytesTold;

    /// <summary>Counts what is left out of it, but what is returned.</summary>
    public ReadTally Tally => tally;

    /// <summary>Watches how much comes out of the file at hand.</summary>
    public Expansion Expansion => expansion;

    /// <summary>Reads a file to its end or to its damage.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public string? Read(LogSource source)
    {
        (expansion, bytesTold, taken) = (new(limits, source.Bytes), 0, () => 0);
        if (!TryOpen(source, out var opened, out var problem))
            return problem;
        using (opened)
        {
            taken = () => opened.Taken;
            expansion.Read = taken;
            var found = Read(opened, source);
            // A ZIP archive is not read from its beginning to its end.
            tally.Add(Math.Max(Math.Max(source.Bytes, opened.Taken) - bytesTold, 0), 0, 0);
            return found;
        }
    }

    /// <summary>Reads what a file or an archive holds.</summary>
    public string? Read(LogStream file, LogSource source)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (source.Nested > limits.MostNested)
            return $"it lies in more than {limits.MostNested} archives and compressed files, and was not read";
        if (!TryPeek(file, out var unreadable))
            return Named(unreadable);
        if (NeedsMemory(file, source))
        {
            var (content, length, failure) = Held(file);
            if (content is null)
                return failure;
            source = source.Held(content, length);
            using var held = new LogStream(source.Open());
            return Of(held, source) is { } problem && failure is null ? problem : failure;
        }

        return Of(file, source);
    }

    private bool NeedsMemory(LogStream file, LogSource source) =>
        (source.IsFar && source.Bytes <= limits.MostInMemory)
        || (source.IsReadOnce && (file.IsZip || (source.Nested > 0 && file.IsPacked && source.Bytes <= limits.MostInMemory)));

    private string? Of(LogStream file, LogSource source)
    {
        if (file.IsZip)
            return ZipReading.Read(this, source);
        using var text = new PeekedText(file.Decompress(source.Reopen));
        return Content.Of(text.First()) switch
        {
            Content.Foreign foreign => foreign.Reason,
            Content.Tar => TarReading.Read(this, text, source),
            // Compressed once more, or an archive that was compressed.
            Content.Packed or Content.Zip => Read(new LogStream(text), source with { Nested = source.Nested + 1, Bytes = 0, IsReadOnce = true, IsFar = false }),
            Content.Wide wide => Wide(text, wide, source),
            var content => ReadText(text, content, source),
        };
    }

    private string? Wide(PeekedText text, Content.Wide wide, LogSource source)
    {
        Span<byte> mark = stackalloc byte[4];
        text.ReadExactly(mark[..wide.Skip]);
        using var narrow = new PeekedText(System.Text.Encoding.CreateTranscodingStream(text, wide.Encoding, System.Text.Encoding.UTF8));
        return Content.Of(narrow.First()) switch
        {
            Content.Foreign foreign => foreign.Reason,
            var content => ReadText(narrow, content, source),
        };
    }

    private string? ReadText(Stream text, Content content, LogSource source)
    {
        var relay = new RecordRelay(filter, sink, source.Name, expansion);
        using var reading = TextReading.Of(content, relay);
        var (records, candidates) = (0L, 0L);
        var failure = pump.Run(text, Take, cancellationToken);
        if (failure is null)
            reading.End();
        Tell();
        return expansion.Problem is { } exceeded ? exceeded
            : failure is null ? TextProblems.Of(reading, relay)
            : $"{Named(failure)}: byte {reading.Offset} of its text, after {relay.Records + reading.TooLarge} records";

        bool Take(ReadOnlySpan<byte> bytes)
        {
            reading.Read(bytes);
            Tell();
            // Something else than a log: there is nothing to wait for.
            return (source.Nested == 0 || expansion.TryAdd(bytes.Length)) && !(reading is { Problem: not null, TooLarge: 0, Offset: > JsonInput.MaxBytes } && relay.Records == 0);
        }

        void Tell()
        {
            var (bytes, found) = (taken(), relay.Records + reading.TooLarge);
            tally.Add(bytes - bytesTold, found - records, relay.Candidates - candidates);
            (bytesTold, records, candidates) = (bytes, found, relay.Candidates);
        }
    }

    private (byte[]? Content, int Length, string? Failure) Held(LogStream file)
    {
        var content = new MemoryStream();
        var block = new byte[64 * 1024];
        while (true)
        {
            if (!TextPump.TryRead(file, block, out var count, out var failure))
                return (content.GetBuffer(), (int)content.Length, $"{Named(failure!)}: byte {content.Length}");
            if (count == 0)
                return (content.GetBuffer(), (int)content.Length, null);
            if (content.Length + count > limits.MostInMemory)
                return (null, 0, $"it is an archive of more than {limits.MostInMemory >> 20} MiB that lies in another or comes through a pipe; unpack it first");
            content.Write(block.AsSpan(0, count));
        }
    }

    /// <summary>What is wrong, for people.</summary>
    internal static string Named(Exception failure) => failure is UnreadableException known ? known.Message
        : failure is InvalidDataException ? "the compressed data is damaged or cut off"
        : $"it could not be read on ({Printable.Of(failure.Message, 200)})";

    // What the sink throws is no damage, so that only what opens and looks is watched here.
    private static bool TryPeek(LogStream file, [NotNullWhen(false)] out Exception? failure)
    {
        failure = null;
        try
        {
            _ = file.IsZip || file.IsPacked;
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            failure = error;
            return false;
        }
    }

    private static bool TryOpen(LogSource source, [NotNullWhen(true)] out LogStream? file, out string? problem)
    {
        (file, problem) = (null, null);
        try
        {
            file = new LogStream(source.Open());
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = $"it could not be opened ({Printable.Of(error.Message, 200)})";
            return false;
        }
    }
}
