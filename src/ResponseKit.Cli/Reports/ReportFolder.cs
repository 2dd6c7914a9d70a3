using ResponseKit.Reports;
using ResponseKit.Response.Evidence;

namespace ResponseKit.Cli.Reports;

/// <summary>Writes reports where the user wants them.</summary>
internal static class ReportFolder
{
    private const string Name = "report";

    /// <summary>Writes all files of a report into a folder, which is made where it is missing.</summary>
    /// <returns>The full path of the page.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static async Task<string> WriteAsync(string folder, IncidentDossier dossier, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(folder);
        Directory.CreateDirectory(full);
        var files = ReportFiles.Of(dossier);
        foreach (var file in files)
            await File.WriteAllBytesAsync(Path.Combine(full, Name + file.Ending), file.Content, cancellationToken);
        return Path.Combine(full, Name + files[0].Ending);
    }
}
