using System.CommandLine;
using ResponseKit.Cli.Deployed;
using ResponseKit.Cli.Undo;
using ResponseKit.Response;
using Spectre.Console;

namespace ResponseKit.Cli.Commands;

/// <summary><c>responsekit dismiss</c>: calls an incident a false alarm.</summary>
internal static class DismissCommand
{
    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var options = new DeploymentOptions();
        var incident = new Argument<string>("incident") { Description = "The incident, as 'responsekit list' shows it." };
        var reason = new Option<string?>("--reason") { Description = "Why it is none; kept with the incident.", Required = true }.Checked(ApprovalInputParser.MaxReason);
        var function = DeployedUndo.Option();
        var command = options.On(new Command(
            "dismiss", "Calls an incident a false alarm: what was known of it by now never counts again, what comes does. Gives nothing back by itself, and shows what can be.") { incident, reason, function });
        command.SetAction((parsed, cancellationToken) => options.RunAsync(
            parsed, deployment => new DeployedUndo(deployment, console, time, parsed.GetValue(function)!).RunAsync(
                new(parsed.GetValue(incident)!, UndoMode.Dismiss, "", parsed.GetValue(reason)!) { All = true }, cancellationToken), cancellationToken));
        return command;
    }
}
