using System.Collections.Immutable;
using System.Text.Json;
using ResponseKit.Emulator;
using ResponseKit.Testing.Linting;

namespace ResponseKit.Testing.Commands;

/// <summary>
/// Reads commands of the AWS command line: a shell splits them into words, the API's model says whether there is such an operation with such parameters, and an
/// endpoint is asked to do them.
/// </summary>
public static class AwsCommands
{
    private static readonly JsonSerializerOptions Spelling = new(JsonSerializerDefaults.Web);

    /// <summary>What each command is.</summary>
    /// <exception cref="EmulatorUnavailableException">There is no Python with the emulator's packages.</exception>
    public static Task<ImmutableArray<AwsCommand>> ReadAsync(IEnumerable<string> commands) => RunAsync(commands, []);

    /// <summary>Makes the calls, one after the other, by a key of a test account, or with the rights of its administrator.</summary>
    public static Task<ImmutableArray<AwsCommand>> RunAsync(
        IEnumerable<string> commands, EmulatorFixture emulator, TestAccount account, string? accessKeyId = null, string secretAccessKey = "any") =>
        RunAsync(commands, [emulator.Address.ToString(), accessKeyId ?? TestAccount.AdministratorKey(account.Id), secretAccessKey]);

    private static async Task<ImmutableArray<AwsCommand>> RunAsync(IEnumerable<string> commands, string[] arguments)
    {
        var (script, file) = (Path.GetTempFileName(), Path.GetTempFileName());
        try
        {
            await using (var source = typeof(AwsCommands).Assembly.GetManifestResourceStream("aws_commands.py")!)
            await using (var copy = File.Create(script))
                await source.CopyToAsync(copy);
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(commands));
            var python = await TemplateLinter.FindPythonAsync();
            var run = await ProcessRun.ExecuteAsync(python, [script, file, .. arguments], new EmulatorOptions().Environment, CancellationToken.None);
            return run is { ExitCode: 0 }
                ? JsonSerializer.Deserialize<ImmutableArray<AwsCommand>>(run.Output, Spelling)
                : throw new InvalidOperationException(run?.Tail ?? "There is no Python.");
        }
        finally
        {
            File.Delete(script);
            File.Delete(file);
        }
    }
}

/// <summary>What became of a command.</summary>
/// <param name="Command">The command.</param>
/// <param name="Problem">Why the command line would not take it; null if it would.</param>
/// <param name="Permission">The IAM prefix and the operation.</param>
/// <param name="Parameters">What it asks for.</param>
/// <param name="Error">What the endpoint answered, if it is an error.</param>
/// <param name="Answer">What the endpoint answered, if it is none.</param>
public sealed record AwsCommand(string Command, string? Problem, string? Permission, JsonElement? Parameters, string? Error, JsonElement? Answer);
