using System.Collections.Immutable;
using System.Text.Json;
using ResponseKit.Emulator;
using ResponseKit.Testing.Linting;

namespace ResponseKit.Testing.Commands;

/// <summary>
/// Runs the commands of runbooks as a person does, block after block in a shell, each runbook in an emulated account of its own in which there is what it names
/// (<c>runbook_world.sh</c>). The shell takes a pattern that fits no file for an error, as zsh does.
/// </summary>
public static class RunbookShell
{
    private const string Shell = "/bin/bash -O failglob";
    private static readonly string[] Files = ["aws_commands.py", "runbook_shell.py", "runbook_world.sh"];

    /// <summary>Runs them side by side.</summary>
    /// <param name="folder">The folder of the runbooks.</param>
    /// <param name="names">Their names: paths below the folder, without the <c>.md</c>.</param>
    /// <param name="emulator">The emulated AWS.</param>
    /// <param name="withoutCommandLine">Whether to do without AWS's own command line also where Python has it.</param>
    /// <exception cref="EmulatorUnavailableException">There is no Python with the emulator's packages.</exception>
    public static async Task<RunbookRuns> RunAsync(string folder, IEnumerable<string> names, EmulatorFixture emulator, bool withoutCommandLine = false)
    {
        var programs = Directory.CreateTempSubdirectory("responsekit-").FullName;
        try
        {
            foreach (var file in Files)
            {
                await using var source = typeof(RunbookShell).Assembly.GetManifestResourceStream(file)!;
                await using var copy = File.Create(Path.Combine(programs, file));
                await source.CopyToAsync(copy);
            }

            var run = await ProcessRun.ExecuteAsync(
                await TemplateLinter.FindPythonAsync(),
                [
                    Path.Combine(programs, Files[1]), emulator.Address.ToString(), Path.Combine(programs, Files[2]), Shell, folder,
                    .. names.Select(name => $"{name}={TestAccount.RandomId()}"), .. withoutCommandLine ? ["--reader"] : Array.Empty<string>(),
                ],
                new EmulatorOptions().Environment,
                CancellationToken.None);
            return run is { ExitCode: 0 }
                ? JsonSerializer.Deserialize<RunbookRuns>(run.Output, JsonSerializerOptions.Web)!
                : throw new InvalidOperationException(run?.Tail ?? "There is no Python.");
        }
        finally
        {
            Directory.Delete(programs, recursive: true);
        }
    }
}

/// <summary>What became of runbooks.</summary>
/// <param name="By">Whose command line it was.</param>
/// <param name="Runbooks">What became of each.</param>
public sealed record RunbookRuns(string By, ImmutableArray<RunbookRun> Runbooks);

/// <summary>What became of a runbook.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Blocks">How many blocks of commands it has, each command in a sentence counting as one.</param>
/// <param name="Written">How many lines begin with a command. In a loop it is called more often.</param>
/// <param name="Calls">The calls, in the order in which they ended.</param>
/// <param name="Problems">What could not be made beforehand, and commands that are only named and do not exist.</param>
/// <param name="Code">The shell's exit code: the last command's.</param>
/// <param name="Errors">What was written to standard error, line by line.</param>
public sealed record RunbookRun(
    string Name, int Blocks, int Written, ImmutableArray<RunbookCall> Calls, ImmutableArray<string> Problems, int Code, ImmutableArray<string> Errors);

/// <summary>A call of a program.</summary>
/// <param name="Program"><c>aws</c> or <c>responsekit</c>.</param>
/// <param name="Words">What the shell made of the rest.</param>
/// <param name="Code">The exit code.</param>
/// <param name="Operations">The operations of AWS that it called.</param>
public sealed record RunbookCall(string Program, ImmutableArray<string> Words, int Code, ImmutableArray<RunbookOperation> Operations)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Program} {string.Join(' ', Words)}: {Code} {string.Join(", ", Operations)}";
}

/// <summary>An operation that was called.</summary>
/// <param name="Operation">Its IAM prefix and name, such as <c>iam:GetRole</c>.</param>
/// <param name="Status">The HTTP status of the answer.</param>
/// <param name="Error">AWS's code of the error; null if there was none.</param>
/// <param name="Message">What the error says.</param>
public sealed record RunbookOperation(string Operation, int Status, string? Error, string? Message);
