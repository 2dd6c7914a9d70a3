using System.CommandLine;
using ResponseKit.Cli.Deployed;
using ResponseKit.Text;
using Spectre.Console;

namespace ResponseKit.Cli.Commands;

/// <summary><c>responsekit list</c>: the incidents of a deployment.</summary>
internal static class ListCommand
{
    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var options = new DeploymentOptions();
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = options.On(new Command("list", "Lists the incidents of a deployment, the newest first.") { json });
        command.SetAction((parsed, cancellationToken) => options.RunAsync(parsed, async deployment =>
        {
            var incidents = new List<IncidentSummary>();
            foreach (var record in await deployment.Cases.ListAsync(cancellationToken))
                incidents.Add(await deployment.SummaryAsync(record, time.GetUtcNow(), cancellationToken));
            if (parsed.GetValue(json))
                await parsed.InvocationConfiguration.Output.WriteLineAsync(Json(incidents));
            else
                Show(console, incidents);
            return ExitCodes.Success;
        }, cancellationToken));
        return command;
    }

    private static string Json(List<IncidentSummary> incidents) => JsonText.Of(json =>
    {
        json.WriteStartArray("incidents");
        foreach (var incident in incidents)
        {
            json.WriteStartObject();
            incident.WriteTo(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void Show(IAnsiConsole console, List<IncidentSummary> incidents)
    {
        if (incidents.Count == 0)
        {
            console.WriteLine("No incidents.");
            return;
        }

        console.Write(Tables.Of(
            ["Incident", "Began (UTC)", "Actor", "Verdict", "Score", "Round", "State"],
            incidents.Select(one => (string[])
            [
                one.Record.Incident.Id, $"{one.Record.Incident.Opened.UtcDateTime:yyyy-MM-dd HH:mm:ss}", one.Actor, one.Record.Incident.Verdict.Name,
                $"{one.Record.Incident.Verdict.Score}", $"{one.Record.Round}", one.State,
            ])));
        foreach (var one in incidents.Where(one => one.Pending is not null))
            console.WriteLine($"responsekit approve {Printable.Of(one.Record.Incident.Id)} --reason '…' answers what waits until {one.Pending!.Until:u}.");
    }
}
