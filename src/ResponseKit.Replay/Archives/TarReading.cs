using System.Formats.Tar;
using ResponseKit.Replay.Reading;

namespace ResponseKit.Replay.Archives;

/// <summary>Reads the files in a tar archive, in its order. Nothing is written anywhere, names are only shown, and links are not followed.</summary>
internal static class TarReading
{
    /// <summary>Reads them all.</summary>
    /// <returns>What is wrong with the archive itself; null when nothing is.</returns>
    public static string? Read(FileReading reading, Stream text, LogSource source)
    {
        var files = 0;
        try
        {
            using var tar = new TarReader(text, leaveOpen: true);
            while (tar.GetNextEntry() is { } entry)
            {
                reading.Expansion.AddEntry();
                var inner = new LogSource(EntryName.Of(source.Name, entry.Name), entry.Length, () => throw new NotSupportedException("A tar archive is read once."))
                {
                    IsReadOnce = true,
                    Nested = source.Nested + 1,
                };
                if (entry.EntryType is TarEntryType.SymbolicLink or TarEntryType.HardLink)
                    reading.Tally.Skip(inner.Name, "it is a link, which is not followed");
                if (entry.DataStream is not { } data || entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile))
                    continue;
                files++;
                using (var file = new LogStream(new WatchedText(data, reading.Expansion)))
                {
                    if (reading.Read(file, inner) is { } problem)
                        reading.Tally.Skip(inner.Name, problem);
                }

                if (reading.Expansion.Problem is { } exceeded)
                    return exceeded;
            }

            return files == 0 ? "it is an empty archive" : null;
        }
        catch (UnreadableException error)
        {
            return error.Message;
        }
        catch (Exception error) when (EntryName.IsDamage(error))
        {
            return $"the tar archive is damaged or cut off, after {files} files";
        }
    }
}
