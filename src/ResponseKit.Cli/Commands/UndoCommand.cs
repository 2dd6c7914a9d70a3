using System.CommandLine;
using ResponseKit.Cli.Deployed;
using ResponseKit.Cli.Drill;
using ResponseKit.Cli.Undo;
using ResponseKit.Response;
using Spectre.Console;

namespace ResponseKit.Cli.Commands;

/// <summary><c>responsekit undo</c>: gives back what a response took, of a deployment's incident or of a kept drill.</summary>
internal static class UndoCommand
{
    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var options = new DeploymentOptions();
        var incident = new Argument<string?>("incident") { Description = "The incident, as 'responsekit list' shows it. Left out: that of a kept drill.", Arity = ArgumentArity.ZeroOrOne };
        var state = new Option<string>("--state") { Description = "The file that 'drill --keep' wrote.", DefaultValueFactory = _ => DrillState.DefaultFile };
        var all = new Option<bool>("--all") { Description = "Also what was done to things that the actor made. Without it those stay contained." };
        var plan = new Option<bool>("--plan") { Description = "Only show what would be given back, and what would not and why." };
        var only = new Option<string[]>("--only") { Description = "Only these receipts or actions, by their ids. What is known of the incident then goes on counting.", AllowMultipleArgumentsPerToken = true };
        var reason = new Option<string?>("--reason") { Description = "Why; kept with the incident. Needed unless --plan." }.Checked(ApprovalInputParser.MaxReason);
        var function = DeployedUndo.Option();
        var command = options.On(new Command("undo", "Puts back every setting that a response changed, newest first, except on what the actor made.") { incident, state, all, plan, only, reason, function });
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(incident) is { } id
            ? UndoDeployedAsync(
                parsed, options, new(id, parsed.GetValue(plan) ? UndoMode.Plan : UndoMode.Apply, "", parsed.GetValue(reason) ?? "") { All = parsed.GetValue(all), Only = [.. parsed.GetValue(only) ?? []] },
                deployment => new DeployedUndo(deployment, console, time, parsed.GetValue(function)!), cancellationToken)
            : parsed.GetValue(plan) || parsed.GetResult(only) is not null || parsed.GetValue(reason) is not null
                ? RefuseAsync(parsed.InvocationConfiguration.Error)
            : UndoDrillAsync(parsed.GetValue(state)!, parsed.GetValue(all), console, parsed.InvocationConfiguration.Error, time, cancellationToken));
        return command;
    }

    private static async Task<int> UndoDeployedAsync(
        ParseResult parsed, DeploymentOptions options, UndoRequest request, Func<Deployed.Deployment, DeployedUndo> undo, CancellationToken cancellationToken)
    {
        if (request.Mode == UndoMode.Apply && string.IsNullOrWhiteSpace(request.Reason))
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync("Say why with --reason '…', or see first what would be given back with --plan. Nothing was changed.");
            return ExitCodes.CannotRun;
        }

        return await options.RunAsync(parsed, deployment => undo(deployment).RunAsync(request, cancellationToken), cancellationToken);
    }

    // Whoever only wants to see must not have everything undone for having left out the incident.
    private static async Task<int> RefuseAsync(TextWriter errors)
    {
        await errors.WriteLineAsync("--plan, --only and --reason are for an incident of a deployment: name it, as 'responsekit list' shows it. Nothing was changed.");
        return ExitCodes.CannotRun;
    }

    private static async Task<int> UndoDrillAsync(string file, bool all, IAnsiConsole console, TextWriter errors, TimeProvider time, CancellationToken cancellationToken)
    {
        var (state, problem) = await DrillState.LoadAsync(file, cancellationToken);
        if (state is null)
        {
            await errors.WriteLineAsync($"{problem} Name an incident of a deployment, or run 'responsekit drill --keep' first and name its file with --state. Nothing was changed.");
            return ExitCodes.CannotRun;
        }

        var undone = await new Undoing(state, file, time).RunAsync(all, cancellationToken);
        return UndoScreen.Show(console, undone) ? ExitCodes.Success : ExitCodes.Failed;
    }
}
