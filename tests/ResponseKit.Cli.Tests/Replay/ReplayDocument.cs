namespace ResponseKit.Cli.Tests.Replay;

/// <summary>Where the repository is.</summary>
internal static class ReplayDocument
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ResponseKit.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("The repository was not found above the tests.");
    }
}
