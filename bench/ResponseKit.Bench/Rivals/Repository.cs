namespace ResponseKit.Bench.Rivals;

/// <summary>Where things are.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>A file beside the scripts of the rivals.</summary>
    public static string Script(string name) => Path.Combine(Root, "bench", "rivals", name);

    private static string Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ResponseKit.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("Run it from within the repository: it builds and measures what is there.");
    }
}
