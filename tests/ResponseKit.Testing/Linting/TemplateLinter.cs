using ResponseKit.Emulator;

namespace ResponseKit.Testing.Linting;

/// <summary>cfn-lint in the version that emulator/requirements.txt pins: the machine's, or one in the private Python environment of the emulator.</summary>
public static class TemplateLinter
{
    private static readonly Lazy<Task<string>> Python = new(FindAsync);

    /// <summary>Looks for errors in CloudFormation templates; warnings are left out.</summary>
    /// <param name="files">The templates.</param>
    /// <returns>What was found, a line each; empty if there are no errors.</returns>
    /// <exception cref="EmulatorUnavailableException">cfn-lint cannot be had; the message names the command that installs it.</exception>
    public static async Task<string> ErrorsAsync(IEnumerable<string> files)
    {
        var run = await ProcessRun.ExecuteAsync(
            await Python.Value,
            ["-c", "import sys, cfnlint.runner; sys.exit(cfnlint.runner.main())", "--non-zero-exit-code", "error", "--ignore-checks", "W", "--format", "parseable", "--", .. files],
            new EmulatorOptions().Environment,
            CancellationToken.None);
        return run is { ExitCode: 0 } ? "" : run?.Output + run?.Errors;
    }

    /// <summary>The Python that has cfn-lint.</summary>
    internal static Task<string> FindPythonAsync() => Python.Value;

    private static async Task<string> FindAsync()
    {
        var options = new EmulatorOptions();
        var packages = await PythonPackages.ReadAsync(options, CancellationToken.None);
        return await new PythonFinder(options, packages.All).FindAsync(CancellationToken.None);
    }
}
