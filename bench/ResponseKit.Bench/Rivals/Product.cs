using System.Runtime.InteropServices;
using ResponseKit.Bench.Measuring;

namespace ResponseKit.Bench.Rivals;

/// <summary>The program that is measured, published as users should.</summary>
internal static class Product
{
    /// <summary>How it is published, for a person.</summary>
    public const string Published = "dotnet publish -c Release -p:PublishReadyToRun=true, using the installed .NET";

    /// <summary>Publishes it; gives its path.</summary>
    public static async Task<string> PublishAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Repository.Root, "artifacts", "bench", "responsekit");
        var (code, output, errors) = await TimedProcess.CaptureAsync(
            [
                "dotnet", "publish", Path.Combine(Repository.Root, "src", "ResponseKit.Cli"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier,
                "--self-contained", "false", "-p:PublishReadyToRun=true", "-o", folder, "-v", "q", "--nologo",
            ],
            cancellationToken);
        return code == 0 ? Path.Combine(folder, "ResponseKit.Cli.dll") : throw new InvalidOperationException($"responsekit could not be published:\n{output}{errors}");
    }
}
