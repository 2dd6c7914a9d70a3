using System.CommandLine;
using ResponseKit.Cli.Drill;
using ResponseKit.Cli.Undo;
using Spectre.Console;

namespace ResponseKit.Cli.Commands;

/// <summary><c>responsekit undo</c>: puts back what a response changed.</summary>
internal static class UndoCommand
{
    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var state = new Option<string>("--state")
        {
            Description = "The file that 'drill --keep' wrote.",
            DefaultValueFactory = _ => DrillState.DefaultFile,
        };
        var all = new Option<bool>("--all") { Description = "Also what was done to things that the attacker made. Without it those stay contained." };
        var command = new Command("undo", "Puts back every setting that the response of a kept drill changed, newest first, except on what the attacker made.") { state, all };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(state)!, parsed.GetValue(all), console, parsed.InvocationConfiguration.Error, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string file, bool all, IAnsiConsole console, TextWriter errors, TimeProvider time, CancellationToken cancellationToken)
    {
        var (state, problem) = await DrillState.LoadAsync(file, cancellationToken);
        if (state is null)
        {
            await errors.WriteLineAsync($"{problem} Run 'responsekit drill --keep' first, or name its file with --state. Nothing was changed.");
            return ExitCodes.CannotRun;
        }

        var undone = await new Undoing(state, file, time).RunAsync(all, cancellationToken);
        return UndoScreen.Show(console, undone) ? ExitCodes.Success : ExitCodes.Failed;
    }
}
