using ResponseKit.Bench.Data;

namespace ResponseKit.Bench.Commands;

/// <summary>A folder for what is measured on, which is deleted afterwards unless somebody gave it.</summary>
internal sealed class Workspace : IDisposable
{
    private Workspace(string folder, string about, Generated? written) => (Folder, About, Written) = (folder, about, written);

    public string Folder { get; }

    /// <summary>What is in it, for a person.</summary>
    public string About { get; }

    /// <summary>What was generated; null when somebody gave the folder.</summary>
    public Generated? Written { get; }

    public static Workspace Of(string folder)
    {
        var files = new DirectoryInfo(folder).GetFiles("*.json.gz", SearchOption.AllDirectories);
        return new(folder, FormattableString.Invariant($"{files.Length:N0} files that were given, {files.Sum(file => file.Length) / 1e6:N1} MB compressed"), null);
    }

    public static async Task<Workspace> NewAsync(long bytes, int attacks, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("responsekit-bench-").FullName;
        try
        {
            var written = await LogGenerator.WriteAsync(folder, bytes, attacks, cancellationToken);
            return new(folder, written.ToString(), written);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    public void Dispose()
    {
        if (Written is not null)
            Directory.Delete(Folder, recursive: true);
    }
}
