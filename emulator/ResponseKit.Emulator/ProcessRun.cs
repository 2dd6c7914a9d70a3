using System.ComponentModel;
using System.Diagnostics;

namespace ResponseKit.Emulator;

/// <summary>A command that was run to its end.</summary>
internal sealed record ProcessRun(int ExitCode, string Output, string Errors)
{
    /// <summary>The last lines of what it had to say, for an error message.</summary>
    public string Tail => LastLines(Errors.Trim().Length > 0 ? Errors : Output, 8);

    public static string LastLines(string text, int count) =>
        string.Join('\n', text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0).TakeLast(count));

    /// <summary>Runs a command. Null when there is no such command.</summary>
    public static async Task<ProcessRun?> ExecuteAsync(
        string command, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var start = StartInfo(command, arguments, environment);
        start.RedirectStandardOutput = true;
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return new ProcessRun(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>What is common to all processes that are started here.</summary>
    public static ProcessStartInfo StartInfo(string command, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        // A Python that this program was itself started from must not lend its packages to another one.
        start.Environment.Remove("PYTHONHOME");
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }
}
