using System.Globalization;
using ResponseKit.Cli.Drill.Checks;
using ResponseKit.Cli.Drill.Deploying;
using ResponseKit.Text;
using Spectre.Console;
using Words = Spectre.Console.Text;

namespace ResponseKit.Cli.Drill.Output;

/// <summary>Shows a drill to a person: the time line while it happens, the checks at the end. Colour only where the console can show it.</summary>
internal sealed class DrillScreen(IAnsiConsole console)
{
    public void Title(string text) => console.MarkupLineInterpolated($"[bold]{text}[/]");

    public void Show(DrillEvent happened)
    {
        var at = happened.At.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture).PadLeft(6);
        var (side, style) = happened.Side switch
        {
            Side.Attacker => ("attacker ", "red"),
            Side.Responder => ("responder", "green"),
            _ => ("drill    ", "grey"),
        };
        if (!console.Profile.Capabilities.Ansi)
        {
            console.Profile.Out.Writer.WriteLine($"{at}s {side} {Printable.Of(happened.Text, 1000)}");
            return;
        }

        // Columns, so that a long line goes on under its own text.
        var row = new Grid { Expand = false }.AddColumn(new GridColumn().NoWrap().PadRight(1)).AddColumn(new GridColumn().NoWrap().PadRight(1)).AddColumn(new GridColumn().PadRight(0));
        console.Write(row.AddRow(new Words($"{at}s", new Style(Color.Grey)), new Words(side, Style.Parse(style)), new Words(Printable.Of(happened.Text, 400))));
    }

    public void Show(DrillResult result)
    {
        var table = new Table().Border(console.Profile.Capabilities.Unicode ? TableBorder.Rounded : TableBorder.Ascii)
            .AddColumn("Asked of the account").AddColumn("").AddColumn("Answer");
        foreach (var check in result.Checks)
            table.AddRow(new Words(Printable.Of(check.Name, 200)), Verdict(check), new Words(Printable.Of(check.Detail, 120)));
        console.WriteLine();
        console.Write(table);
        if (!result.NotEmulated.IsEmpty)
            Show(result.NotEmulated);
        var calls = result.Calls.Values.Sum(service => service.Values.Sum());
        var good = result.Checks.Count(check => check.Passed);
        console.Write(new Words(
            string.Create(CultureInfo.InvariantCulture, $"{(result.Passed ? "Passed" : "FAILED")}: {good} of {result.Checks.Length} checks hold. {calls} calls to AWS by ResponseKit, {result.Seconds:0.0} seconds."),
            Style.Parse(result.Passed ? "bold green" : "bold red")));
        console.WriteLine();
        if (result.Emulator is { } address)
            console.WriteLine($"The emulated AWS goes on at {address} as process {result.EmulatorProcess}: end it with 'kill {result.EmulatorProcess}'. 'responsekit undo' puts back what was changed.");
    }

    private void Show(IEnumerable<NotEmulated> limits)
    {
        console.WriteLine("What the emulated AWS does not have or does otherwise, so that this drill shows nothing of it:");
        foreach (var limit in limits)
            console.WriteLine($"- {limit.What}: {limit.Limit}.");
        console.WriteLine();
    }

    private static Words Verdict(DrillCheck check) => new(check.Passed ? "yes" : "NO", Style.Parse(check.Passed ? "green" : "bold red"));
}
