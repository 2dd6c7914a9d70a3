using System.CommandLine;
using System.Globalization;
using ResponseKit.Cli.Deployed;
using ResponseKit.Correlation;
using ResponseKit.Text;
using Spectre.Console;

namespace ResponseKit.Cli.Commands;

/// <summary><c>responsekit allowances</c>: what persons have allowed to whom was braked.</summary>
internal static class AllowancesCommand
{
    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var options = new DeploymentOptions();
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var remove = new Option<string?>("--remove") { Description = "Take one away, by its id: whom it is about can be braked again at once." }.Checked(200);
        var command = options.On(new Command("allowances", "Lists what has been allowed to whom was braked: how much, by whom and until when.") { json, remove });
        command.SetAction((parsed, cancellationToken) => options.RunAsync(parsed, async deployment =>
        {
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(remove) is { } id)
            {
                var isGone = await deployment.Allowances.RemoveAsync(id, cancellationToken);
                await output.WriteLineAsync(isGone ? $"Taken away: {Printable.Of(id, 200)}." : $"There is no allowance '{Printable.Of(id, 200)}'.");
                return isGone ? ExitCodes.Success : ExitCodes.CannotRun;
            }

            var all = await deployment.Allowances.AllAsync(cancellationToken);
            if (parsed.GetValue(json))
                await output.WriteLineAsync(Json(all, time.GetUtcNow()));
            else
                Show(console, all, time.GetUtcNow());
            return ExitCodes.Success;
        }, cancellationToken));
        return command;
    }

    private static void Show(IAnsiConsole console, IReadOnlyCollection<Allowance> all, DateTimeOffset now)
    {
        if (all.Count == 0)
        {
            console.WriteLine("Nothing is allowed to anybody.");
            return;
        }

        console.Write(Tables.Of(
            ["Id", "Account", "Actor", "Up to", "Kinds", "By", "Until (UTC)", "State"],
            all.Select(one => (string[])
            [
                one.Id, one.Account, one.Principal, string.Create(CultureInfo.InvariantCulture, $"${one.UsdPerHour}/h"), string.Join(", ", one.Kinds), one.Owner,
                $"{one.Until.UtcDateTime:yyyy-MM-dd HH:mm}", StateOf(one, now),
            ])));
    }

    private static string StateOf(Allowance allowance, DateTimeOffset now) => !allowance.IsVerified ? "not verified" : now < allowance.Until ? "stands" : "expired";

    private static string Json(IEnumerable<Allowance> all, DateTimeOffset now) => JsonText.Of(json =>
    {
        json.WriteStartArray("allowances");
        foreach (var one in all)
        {
            json.WriteStartObject();
            json.WriteString("id", one.Id);
            json.WriteString("account", one.Account);
            json.WriteString("principal", one.Principal);
            json.WriteNumber("usdPerHour", one.UsdPerHour);
            json.WriteStartArray("kinds");
            foreach (var kind in one.Kinds)
                json.WriteStringValue(kind);
            json.WriteEndArray();
            json.WriteString("owner", one.Owner);
            json.WriteString("reason", one.Reason);
            json.WriteString("from", one.From);
            json.WriteString("until", one.Until);
            json.WriteString("state", StateOf(one, now));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
