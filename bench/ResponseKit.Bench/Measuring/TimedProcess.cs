using System.Diagnostics;
using System.Globalization;

namespace ResponseKit.Bench.Measuring;

/// <summary>
/// Runs a program on some cores and measures it with GNU time, which the kernel tells what all its processes took. Neither can be had dependably here: .NET forgets
/// a process's peak when it ends, and a child begins with the resident memory of whoever started it, which GNU time has hardly any of.
/// </summary>
internal static class TimedProcess
{
    private const string GnuTime = "/usr/bin/time";

    /// <summary>Why nothing can be measured on this machine, and what to do about it; null when it can be.</summary>
    public static string? Missing => !OperatingSystem.IsLinux() ? "Measuring needs Linux: it pins processes to cores with taskset."
        : !File.Exists(GnuTime) ? "Measuring needs GNU time as /usr/bin/time: install the package 'time'."
        : Find("taskset") is null ? "Measuring needs taskset: install the package 'util-linux'."
        : null;

    /// <summary>Where a program is; null when it is not on the path.</summary>
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>Runs a program to its end; what it writes to standard error is shown only when it fails.</summary>
    public static async Task<Measurement> RunAsync(IReadOnlyList<string> command, int cores, CancellationToken cancellationToken)
    {
        var figures = Path.GetTempFileName();
        try
        {
            var (code, output, errors) = await CaptureAsync(
                [GnuTime, "-o", figures, "-f", "%e %U %S %M", "taskset", "-c", cores == 1 ? "0" : $"0-{cores - 1}", .. command], cancellationToken);
            // Before the figures stands a line about an exit code other than zero.
            var numbers = (await File.ReadAllLinesAsync(figures, cancellationToken))[^1].Split(' ')
                .Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToList();
            return new(numbers[0], numbers[1] + numbers[2], (long)numbers[3] * 1024, code, code == 0 ? output : output + errors);
        }
        finally
        {
            File.Delete(figures);
        }
    }

    /// <summary>Runs a program without measuring.</summary>
    public static async Task<(int Code, string Output, string Errors)> CaptureAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} could not be started.");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output, await errors);
    }
}
