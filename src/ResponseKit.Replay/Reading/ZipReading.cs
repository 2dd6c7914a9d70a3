using System.IO.Compression;
using ResponseKit.Replay.Archives;
using ResponseKit.Text;

namespace ResponseKit.Replay.Reading;

/// <summary>Reads the files in a ZIP archive, in the order of the times in their names. Nothing is written anywhere, and names are only shown.</summary>
internal static class ZipReading
{
    /// <summary>Reads them all.</summary>
    /// <returns>What is wrong with the archive itself; null when nothing is.</returns>
    public static string? Read(FileReading reading, LogSource source)
    {
        using var file = source.Open();
        using var zip = Opened(file);
        if (zip is null || Files(zip) is not { } files)
            return "the ZIP archive is damaged or cut off";
        if (files.Exists(entry => entry.FullName == "[Content_Types].xml"))
            return "it is an Office document (xlsx or docx); save the sheet as CSV first";
        if (files.Count == 0)
            return "it is an empty archive";
        foreach (var entry in files)
        {
            if (!reading.Expansion.TryAddEntry())
                break;
            var name = EntryName.Of(source.Name, entry.FullName);
            if (Problem(reading, entry, new(name, entry.Length, () => file) { IsReadOnce = true, Nested = source.Nested + 1 }) is { } problem)
                reading.Tally.Skip(name, problem);
        }

        return reading.Expansion.Problem;
    }

    private static ZipArchive? Opened(Stream file)
    {
        try
        {
            return new(file, ZipArchiveMode.Read);
        }
        catch (Exception error) when (EntryName.IsDamage(error))
        {
            return null;
        }
    }

    // Resource forks of macOS are no files of anybody's.
    private static List<ZipArchiveEntry>? Files(ZipArchive zip)
    {
        try
        {
            return
            [
                .. zip.Entries.Where(entry => !IsFolder(entry) && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal))
                    .OrderBy(entry => LogTimes.InFileName(entry.Name) ?? DateTime.MaxValue).ThenBy(entry => entry.FullName, StringComparer.Ordinal),
            ];
        }
        catch (Exception error) when (EntryName.IsDamage(error))
        {
            return null;
        }
    }

    private static bool IsFolder(ZipArchiveEntry entry) => entry.FullName.EndsWith('/') || entry.FullName.EndsWith('\\');

    private static string? Problem(FileReading reading, ZipArchiveEntry entry, LogSource source)
    {
        if (entry.IsEncrypted)
            return "it is encrypted; unpack it first";
        Stream content;
        try
        {
            content = entry.Open();
        }
        catch (Exception error) when (EntryName.IsDamage(error))
        {
            return $"it could not be unpacked ({Printable.Of(error.Message, 200)})";
        }

        using var text = new LogStream(new WatchedText(content, reading.Expansion));
        return reading.Read(text, source);
    }
}

/// <summary>What archives have in common.</summary>
internal static class EntryName
{
    /// <summary>The name of a file in an archive, as it is shown. It is never taken for a path.</summary>
    public static string Of(string archive, string entry) => $"{archive}!/{Printable.Of(entry, 300)}";

    /// <summary>Whether an archive's reader says so that the archive is damaged, or made otherwise than it knows.</summary>
    public static bool IsDamage(Exception error) =>
        error is InvalidDataException or IOException or NotSupportedException or FormatException or ArgumentException or OverflowException or InvalidOperationException;
}
