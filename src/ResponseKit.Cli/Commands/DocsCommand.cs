using System.CommandLine;
using ResponseKit.Aws.Actions;
using ResponseKit.Cli.Docs;
using ResponseKit.Detections;

namespace ResponseKit.Cli.Commands;

/// <summary><c>responsekit docs</c>: writes the catalogue, or says whether it is up to date.</summary>
public static class DocsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var to = new Option<string>("--to")
        {
            Description = "The file to write, relative to the current folder.",
            DefaultValueFactory = _ => Path.Combine("docs", "catalogue.md"),
        };
        var check = new Option<bool>("--check") { Description = "Write nothing; exit with 1 if the file is not what would be written." };
        var command = new Command("docs", "Write the catalogue of detections and actions.") { to, check };
        command.SetAction((parsed, cancellationToken) =>
        {
            var output = parsed.InvocationConfiguration;
            return parsed.GetValue(check)
                ? CheckAsync(parsed.GetValue(to)!, output.Output, output.Error, cancellationToken)
                : WriteAsync(parsed.GetValue(to)!, output.Output, output.Error, cancellationToken);
        });
        return command;
    }

    private static async Task<int> WriteAsync(string file, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(file, Document(), cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"{file} could not be written: {error.Message} Run this at the top of the repository, or name another file with --to.");
            return 2;
        }

        await output.WriteLineAsync($"Wrote {file}: {DetectionCatalogue.All.Length} detections, {ActionCatalogue.All.Length} actions.");
        return 0;
    }

    private static async Task<int> CheckAsync(string file, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var present = File.Exists(file) ? await File.ReadAllTextAsync(file, cancellationToken) : "";
        if (present == Document())
        {
            await output.WriteLineAsync($"{file} is up to date.");
            return 0;
        }

        await errors.WriteLineAsync($"{file} is not what the code says. Write it anew:\n  dotnet run --project src/ResponseKit.Cli -- docs");
        return 1;
    }

    private static string Document() => CatalogueDocument.Write(DetectionCatalogue.All, ActionCatalogue.All);
}
