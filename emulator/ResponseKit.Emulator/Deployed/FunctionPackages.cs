using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace ResponseKit.Emulator.Deployed;

/// <summary>The packages of deployed functions, each unzipped once into a folder of its own. The folders go when this is disposed.</summary>
internal sealed class FunctionPackages(EmulatorControl control) : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("responsekit-functions-").FullName;
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> folders = new(StringComparer.Ordinal);

    /// <summary>The folder of a function's package.</summary>
    /// <exception cref="InvalidDataException">The package is no ZIP archive.</exception>
    public Task<string> FolderAsync(DeployedFunction function, CancellationToken cancellationToken) =>
        folders.GetOrAdd(function.CodeSha256, sha => new(() => UnzipAsync(function.Arn, sha, cancellationToken))).Value;

    public void Dispose() => Directory.Delete(root, recursive: true);

    private async Task<string> UnzipAsync(string arn, string sha, CancellationToken cancellationToken)
    {
        var name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(sha)))[..16].ToLower(CultureInfo.InvariantCulture);
        var folder = Path.Combine(root, name);
        using var content = new MemoryStream(await control.FunctionCodeAsync(arn, cancellationToken));
        using var archive = new ZipArchive(content, ZipArchiveMode.Read);
        archive.ExtractToDirectory(folder);
        return folder;
    }
}
