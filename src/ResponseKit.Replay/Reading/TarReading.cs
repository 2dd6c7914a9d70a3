using System.Formats.Tar;
using ResponseKit.Replay.Archives;

namespace ResponseKit.Replay.Reading;

/// <summary>Reads the files in a tar archive, in its order. Nothing is written anywhere, names are only shown, and links are not followed.</summary>
internal static class TarReading
{
    /// <summary>Reads them all.</summary>
    /// <returns>What is wrong with the archive itself; null when nothing is.</returns>
    public static string? Read(FileReading reading, Stream text, LogSource source)
    {
        var files = 0;
        using var tar = new TarReader(text, leaveOpen: true);
        while (TryNext(tar, out var entry))
        {
            if (entry is null)
                return files == 0 ? "it is an empty archive" : null;
            if (!reading.Expansion.TryAddEntry())
                return reading.Expansion.Problem;
            var name = EntryName.Of(source.Name, entry.Name);
            if (entry.EntryType is TarEntryType.SymbolicLink or TarEntryType.HardLink)
                reading.Tally.Skip(name, "it is a link, which is not followed");
            if (entry.DataStream is not { } data || entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile))
                continue;
            files++;
            using var file = new LogStream(new WatchedText(data, reading.Expansion));
            if (reading.Read(file, new(name, entry.Length, () => data) { IsReadOnce = true, Nested = source.Nested + 1 }) is { } problem)
                reading.Tally.Skip(name, problem);
        }

        return reading.Expansion.Problem ?? $"the tar archive is damaged or cut off, after {files} files";
    }

    // False when the archive is damaged; without an entry when it ends.
    private static bool TryNext(TarReader tar, out TarEntry? entry)
    {
        entry = null;
        try
        {
            entry = tar.GetNextEntry();
            return true;
        }
        catch (Exception error) when (EntryName.IsDamage(error))
        {
            return false;
        }
    }
}
