using System.Runtime.InteropServices;

namespace ResponseKit.Replay.Reading;

/// <summary>A file to read.</summary>
/// <param name="Folder">Where it is, shared by all files of a folder; empty for what was named itself.</param>
/// <param name="Name">Its name, or what was named.</param>
/// <param name="Bytes">Its size; 0 where that cannot be told beforehand.</param>
/// <param name="Time">Of about what time its records are; the latest possible where nothing tells.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LogFile(string Folder, string Name, long Bytes, DateTime Time)
{
    /// <summary>The name of standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Whether it is not on this machine.</summary>
    public bool IsFar { get; init; }

    public string Path => IsFar ? Folder + Name : System.IO.Path.Combine(Folder, Name);

    public bool IsStandardInput => Folder.Length == 0 && Name == StandardInput;

    /// <summary>Whether it can be opened but once: standard input, a pipe, what a shell puts in a file's place.</summary>
    public bool IsReadOnce => IsStandardInput || Bytes == 0 || IsReadOncePath(Path);

    /// <summary>Whether a shell may have put a pipe there: a look at its beginning would take it away.</summary>
    public static bool IsReadOncePath(string path) => path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal);

    /// <summary>By time, then by path.</summary>
    public static int Compare(LogFile one, LogFile other)
    {
        var byTime = one.Time.CompareTo(other.Time);
        if (byTime != 0)
            return byTime;
        var byFolder = ReferenceEquals(one.Folder, other.Folder) ? 0 : string.CompareOrdinal(one.Folder, other.Folder);
        return byFolder != 0 ? byFolder : string.CompareOrdinal(one.Name, other.Name);
    }
}
