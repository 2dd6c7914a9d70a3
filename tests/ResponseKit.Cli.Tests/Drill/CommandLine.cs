using System.Diagnostics;

namespace ResponseKit.Cli.Tests.Drill;

/// <summary>Runs the program as a user does: as a process of its own.</summary>
internal static class CommandLine
{
    public static async Task<(int Code, string Output, string Errors)> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "ResponseKit.Cli.dll")))
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await errors);
    }
}
