using System.Diagnostics;
using System.Text.Json;

namespace ResponseKit.Infra.Tests.Synthesis;

/// <summary>Runs the CDK app as the CDK command line does: as a process that is told its context and its output folder.</summary>
internal static class InfraProcess
{
    public static async Task<(int ExitCode, string Error)> RunAsync(IReadOnlyDictionary<string, string> context, string output, string region)
    {
        var package = Path.Combine(output, "package");
        Directory.CreateDirectory(package);
        // What is in the package does not matter to the templates; publishing it takes most of a minute.
        await File.WriteAllTextAsync(Path.Combine(package, "ResponseKit.Functions.dll"), "published");
        var start = new ProcessStartInfo("dotnet", [typeof(ResponseKitApp).Assembly.Location]) { RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory };
        start.Environment["CDK_CONTEXT_JSON"] = JsonSerializer.Serialize(context);
        start.Environment["CDK_OUTDIR"] = Path.Combine(output, "cdk.out");
        start.Environment["CDK_DEFAULT_REGION"] = region;
        start.Environment.Remove("CDK_DEFAULT_ACCOUNT");
        start.Environment["RESPONSEKIT_PACKAGE"] = package;
        start.Environment["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "1";
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }
}
