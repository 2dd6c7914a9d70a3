using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;

namespace ResponseKit.Cli.Drill.Deploying;

/// <summary>The CDK command line that the repository pins, as people use it, pointed at an account of the emulated AWS.</summary>
/// <param name="folder">The folder with cdk.json and node_modules.</param>
/// <param name="endpoint">Where the emulated AWS listens.</param>
/// <param name="account">The account.</param>
/// <param name="region">The home region.</param>
internal sealed class CdkCommand(string folder, Uri endpoint, string account, string region)
{
    private const int ToldLines = 12;

    /// <summary>The folder with cdk.json.</summary>
    public string Folder => folder;

    /// <summary>The nearest folder with a cdk.json, from one upwards.</summary>
    /// <exception cref="DeploymentFailedException">There is none.</exception>
    public static string FindFolder(string start)
    {
        for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "cdk.json")))
                return at.FullName;
        }

        throw new DeploymentFailedException("'drill --deployed' deploys ResponseKit from its sources, and there is no cdk.json here or above. Run it within a clone of the repository.");
    }

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="DeploymentFailedException">It cannot be run or failed; the message has its last lines.</exception>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="within">The folder it runs in: a folder without cdk.json for what needs no app, which would be built else.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <returns>What it said.</returns>
    public async Task<string> RunAsync(ImmutableArray<string> arguments, string within, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartInfo(arguments, within) };
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            throw new DeploymentFailedException($"node cannot be run ({error.Message}). Install Node.js 20 or newer, and run 'npm ci' in {folder}.");
        }

        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            var told = $"{await output}\n{await errors}";
            return process.ExitCode == 0 ? told : throw new DeploymentFailedException(
                $"'npx cdk {arguments[0]}' ended with {process.ExitCode}. Its last lines:\n{string.Join('\n', LastLines(told))}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static IEnumerable<string> LastLines(string told) => told.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0).TakeLast(ToldLines);

    private ProcessStartInfo StartInfo(ImmutableArray<string> arguments, string within)
    {
        // npx would fetch whatever version is the newest where it is not installed.
        var program = Path.Combine(folder, "node_modules", "aws-cdk", "bin", "cdk");
        if (!File.Exists(program))
            throw new DeploymentFailedException($"The CDK command line is not installed in {folder}. Run there: npm ci");
        var start = new ProcessStartInfo("node", [program, .. arguments])
        {
            WorkingDirectory = within,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["AWS_ENDPOINT_URL"] = endpoint.ToString().TrimEnd('/');
        start.Environment["AWS_ACCESS_KEY_ID"] = "AKIAROOT" + account;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "drill";
        start.Environment["AWS_REGION"] = region;
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["CDK_DISABLE_CLI_TELEMETRY"] = "true";
        start.Environment["NODE_NO_WARNINGS"] = "1";
        return start;
    }
}
