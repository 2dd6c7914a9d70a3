namespace ResponseKit.Tests.Detections;

/// <summary>Where the sources are: the folder above the test's own that holds the solution.</summary>
internal static class Sources
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ResponseKit.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"ResponseKit.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}
