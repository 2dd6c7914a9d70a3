using System.IO.Enumeration;
using ResponseKit.Text;

namespace ResponseKit.Replay.Reading;

/// <summary>Finds the files under what was named, in the order in which they are to be read.</summary>
internal sealed class LogFinder(ILogStore? store, CancellationToken cancellationToken)
{
    private static readonly EnumerationOptions All = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    private readonly List<LogFile> files = [];
    private readonly List<SkippedInput> skipped = [];

    public IReadOnlyList<LogFile> Files => files;

    public IReadOnlyList<SkippedInput> Skipped => skipped;

    public static LogFinder Find(IReadOnlyList<string> paths, ILogStore? store, CancellationToken cancellationToken)
    {
        var finder = new LogFinder(store, cancellationToken);
        foreach (var path in WithoutRepeats(paths, path => store?.Has(path) == true))
            finder.Add(path);
        finder.files.Sort(LogFile.Compare);
        return finder;
    }

    /// <summary>What is named twice, or is in a folder that is named too, is read once.</summary>
    private static IEnumerable<string> WithoutRepeats(IReadOnlyList<string> paths, Func<string, bool> isFar)
    {
        var full = paths.Select(path => path is LogFile.StandardInput or "" || isFar(path) ? path : Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))).ToList();
        return paths.Where((_, i) => !full.Where((other, j) => (j < i && other == full[i]) || IsIn(full[i], other)).Any());
    }

    private static bool IsIn(string path, string folder) =>
        folder.Length > 0 && path.Length > folder.Length && path.StartsWith(folder, StringComparison.Ordinal)
        && (path[folder.Length] == Path.DirectorySeparatorChar || folder[^1] == Path.DirectorySeparatorChar) && Directory.Exists(folder);

    private void Add(string path)
    {
        if (path == LogFile.StandardInput)
            files.Add(new("", path, 0, DateTime.MaxValue));
        else if (store?.Has(path) == true)
            AddStored(path, store);
        else if (Directory.Exists(path))
            AddFolder(path);
        else if (File.Exists(path))
            AddFile("", path, new FileInfo(path).Length);
        else
            skipped.Add(new(path, "it does not exist"));
    }

    private void AddStored(string path, ILogStore from)
    {
        var before = files.Count;
        try
        {
            files.AddRange(from.Find(path, cancellationToken));
            if (files.Count == before)
                skipped.Add(new(path, "there is nothing that begins so and lies between --from and --to"));
        }
        catch (IOException error)
        {
            skipped.Add(new(path, $"it could not be listed ({Printable.Of(error.Message, 300)})"));
        }
    }

    private void AddFolder(string root)
    {
        var before = (files.Count, skipped.Count);
        var folders = new Stack<string>([root]);
        while (folders.TryPop(out var folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var entries = new FileSystemEnumerable<(string Name, bool IsFolder, bool IsLink, long Bytes)>(
                    folder, (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.IsDirectory, IsLink(ref entry), entry.IsDirectory ? 0 : entry.Length), All);
                foreach (var entry in entries)
                {
                    if (entry is { IsFolder: true, IsLink: true })
                        skipped.Add(new(Path.Combine(folder, entry.Name), "it is a link to a folder; name it, to have it read"));
                    else if (entry.IsFolder)
                        folders.Push(Path.Combine(folder, entry.Name));
                    else
                        AddFound(folder, entry.Name, entry.IsLink, entry.Bytes);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                skipped.Add(new(folder, $"the folder could not be read ({Printable.Of(error.Message, 200)})"));
            }
        }

        if (before == (files.Count, skipped.Count))
            skipped.Add(new(root, "there is no file in this folder"));
    }

    private static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    // Pipes and devices have no size, and opening one may wait for ever: what is empty is not opened unless it is named.
    private void AddFound(string folder, string name, bool isLink, long bytes)
    {
        if (isLink)
            bytes = BytesBehind(Path.Combine(folder, name));
        if (bytes > 0)
            AddFile(folder, name, bytes);
        else
            skipped.Add(new(Path.Combine(folder, name), isLink ? "it is a link to nothing that can be read" : "it is empty"));
    }

    private static long BytesBehind(string link)
    {
        try
        {
            return new FileInfo(link).ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target ? target.Length : 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private void AddFile(string folder, string name, long bytes)
    {
        var time = LogTimes.InFileName(Path.GetFileName(name)) ?? (bytes > 0 && !LogFile.IsReadOncePath(name) ? LogTimes.OfFirstRecord(Path.Combine(folder, name)) : null);
        files.Add(new(folder, name, bytes, time ?? DateTime.MaxValue));
    }
}
