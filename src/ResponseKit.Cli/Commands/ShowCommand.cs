using System.CommandLine;
using ResponseKit.Cli.Deployed;
using ResponseKit.Text;
using Spectre.Console;

namespace ResponseKit.Cli.Commands;

/// <summary><c>responsekit show</c>: one incident of a deployment.</summary>
internal static class ShowCommand
{
    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var options = new DeploymentOptions();
        var id = new Argument<string>("incident") { Description = "The incident, as 'responsekit list' shows it." };
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = options.On(new Command("show", "Shows why an incident is one, what was done about it, and what waits for a person.") { id, json });
        command.SetAction((parsed, cancellationToken) => options.RunAsync(parsed, async deployment =>
        {
            var incident = parsed.GetValue(id)!;
            if (await deployment.Cases.FindAsync(incident, cancellationToken) is not { } record)
                throw new DeploymentException($"There is no incident '{Printable.Of(incident)}'. 'responsekit list' shows those that there are.");
            var summary = await deployment.SummaryAsync(record, time.GetUtcNow(), cancellationToken);
            var receipts = await deployment.Receipts.OfIncidentAsync(incident, cancellationToken);
            if (parsed.GetValue(json))
                await parsed.InvocationConfiguration.Output.WriteLineAsync(IncidentJson.Of(summary, receipts));
            else
                IncidentScreen.Show(console, summary, receipts);
            return ExitCodes.Success;
        }, cancellationToken));
        return command;
    }
}
