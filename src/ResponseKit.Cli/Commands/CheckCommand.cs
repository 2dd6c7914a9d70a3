using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using ResponseKit.Aws.Actions;
using ResponseKit.Cli.Deployed;
using ResponseKit.Policy;
using ResponseKit.Reviewing;
using ResponseKit.Text;

namespace ResponseKit.Cli.Commands;

/// <summary><c>responsekit check</c>: whether a policy file is right, and what in it is dangerous or does nothing.</summary>
internal static class CheckCommand
{
    private static readonly string[] Modes = ["observe", "approve", "enforce"];

    public static Command Create(TimeProvider time)
    {
        var policy = new Argument<string>("policy") { Description = "The policy file.", DefaultValueFactory = _ => "responsekit.json" };
        var mode = new Option<string?>("--mode") { Description = "The mode in which it is to be deployed, as cdk's -c mode=. The one that the file names without it." };
        mode.AcceptOnlyFromAmong(Modes);
        var strict = new Option<bool>("--strict") { Description = "Exits with 1 for warnings, too." };
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command(
            "check", "Checks a policy file as a deployment reads it, and warns of what may stand there and is dangerous or does nothing. "
                + "Exits with 1 if it would be refused, 0 if not, 2 if it cannot be read.") { policy, mode, strict, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = parsed.GetValue(policy)!;
            var (text, problem) = await ReadAsync(file, cancellationToken);
            if (text is null)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"The policy '{Printable.Of(file)}' cannot be read: {problem}");
                return ExitCodes.CannotRun;
            }

            var review = PolicyReview.Of(text, [.. ActionCatalogue.All.Select(action => action.Descriptor)], ModeOf(parsed.GetValue(mode)), time.GetUtcNow());
            var errors = review.Result is PolicyResult.Refused refused ? refused.Errors : [];
            await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(json) ? Json(file, review, errors) : Screen(file, review, errors));
            return errors.IsEmpty && (review.Warnings.IsEmpty || !parsed.GetValue(strict)) ? ExitCodes.Success : ExitCodes.Failed;
        });
        return command;
    }

    private static async Task<(string? Text, string Problem)> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return (await File.ReadAllTextAsync(file, cancellationToken), "");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, error.Message);
        }
    }

    private static ResponseMode? ModeOf(string? text) => text switch
    {
        null => null,
        "observe" => ResponseMode.Observe,
        "approve" => ResponseMode.Approve,
        "enforce" => ResponseMode.Enforce,
        _ => throw new UnreachableException(),
    };

    private static string Screen(string file, PolicyReview review, ImmutableArray<PolicyError> errors)
    {
        var name = Printable.Of(file, 1_000);
        var lines = errors.Select(error => $"{name}: error: {error}").Concat(review.Warnings.Select(warning => $"{name}: warning: {warning}"));
        var end = !errors.IsEmpty
            ? $"{name} would be refused: {Count(errors.Length, "error")}. Nothing is deployed with it."
            : $"{name} is valid for mode {ModeName(review.Mode)}: {(review.Warnings.IsEmpty ? "no warnings" : Count(review.Warnings.Length, "warning"))}.";
        return string.Join('\n', lines.Append(end));
    }

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

    private static string ModeName(ResponseMode mode) => Modes[(int)mode];

    private static string Json(string file, PolicyReview review, ImmutableArray<PolicyError> errors) => JsonText.Of(json =>
    {
        json.WriteString("file", file);
        json.WriteBoolean("accepted", errors.IsEmpty);
        if (errors.IsEmpty)
            json.WriteString("mode", ModeName(review.Mode));
        json.WriteStartArray("errors");
        foreach (var error in errors)
            Write(json, error.Line, error.Key, error.Problem, "accepts", error.Accepts);
        json.WriteEndArray();
        json.WriteStartArray("warnings");
        foreach (var warning in review.Warnings)
            Write(json, warning.Line, warning.Key, warning.Problem, "advice", warning.Advice);
        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, int line, string key, string problem, string name, string remedy)
    {
        json.WriteStartObject();
        json.WriteNumber("line", line);
        json.WriteString("key", key);
        json.WriteString("problem", problem);
        json.WriteString(name, remedy);
        json.WriteEndObject();
    }
}
