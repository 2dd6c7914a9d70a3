using System.Globalization;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Explaining;
using ResponseKit.Policy;
using ResponseKit.Replay;
using ResponseKit.Text;
using Spectre.Console;

namespace ResponseKit.Cli.Replay.Output;

/// <summary>Shows what replaying found to a person at a terminal.</summary>
internal sealed class ReplayScreen(IAnsiConsole console)
{
    private const int MostSkipped = 20;

    public void Show(ReplayResult result, bool explain)
    {
        if (result.WhatIf is { } others)
            Compare(result, others);
        else if (!result.Incidents.IsEmpty)
            List(result);
        if (explain)
        {
            foreach (var incident in result.Incidents)
                Explain(incident, result.Options.Policy);
        }

        ShowSkipped(result);
        Line(Summary(result));
    }

    private void List(ReplayResult result)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var title in new[] { "Actor", "Verdict", "Score", "First alert (UTC)", "After", "Record", "Evidence" })
            table.AddColumn(new TableColumn(new Spectre.Console.Text(title)));
        foreach (var incident in result.Incidents)
        {
            table.AddRow(
                Cell(ActorName.Of(incident.Incident.Root)), VerdictCell(incident.Verdict), Cell($"{incident.Verdict.Score}"), Cell(Moment(incident.FirstAlert.Time)),
                Cell(Duration(incident.After)), Cell($"{incident.RecordIndex} of {incident.Records}"),
                Cell(string.Join(", ", incident.Verdict.Categories.Select(part => $"{Words.Name(part.Key)} {part.Value}"))));
        }

        console.Write(table);
    }

    private void Compare(ReplayResult result, IEnumerable<ReplayedCase> others)
    {
        var (mine, theirs) = (ByActor(result.Incidents), ByActor(others));
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var title in new[] { "Actor", "By the policy", "With " + string.Join(", ", result.Options.WhatIf!.Changes.Select(change => Printable.Of(change))), "" })
            table.AddColumn(new TableColumn(new Spectre.Console.Text(title)));
        foreach (var actor in mine.Keys.Union(theirs.Keys).Order(StringComparer.Ordinal))
        {
            var (one, other) = (mine.GetValueOrDefault(actor), theirs.GetValueOrDefault(actor));
            var differs = one?.Verdict.Name != other?.Verdict.Name || one?.FirstAlert != other?.FirstAlert;
            table.AddRow(Cell(actor), Cell(Brief(one)), Cell(Brief(other)), Cell(differs ? "differs" : ""));
        }

        if (table.Rows.Count > 0)
            console.Write(table);
    }

    private void Explain(ReplayedCase incident, ResponsePolicy policy)
    {
        Line("");
        Line($"{ActorName.Of(incident.Incident.Root)}: {incident.Verdict.Name}");
        foreach (var line in ReportBuilder.Explained(incident, policy).ToString().Split('\n'))
            Line("  " + line);
    }

    private void ShowSkipped(ReplayResult result)
    {
        foreach (var skipped in result.Skipped.Take(MostSkipped))
            Line($"Skipped {Printable.Of(skipped.File, 300)}: {Printable.Of(skipped.Reason, 400)}");
        if (result.Skipped.Length > MostSkipped)
            Line($"Skipped {result.Skipped.Length - MostSkipped} more; --format json names all.");
    }

    private static string Summary(ReplayResult result)
    {
        var contain = result.Incidents.Count(incident => incident.Verdict is Verdict.Contain);
        var brake = result.Incidents.Count(incident => incident.Verdict is Verdict.Brake);
        var watch = result.Incidents.Length - contain - brake;
        var found = (result.Incidents.Length, result.Skipped.IsEmpty) switch
        {
            (0, _) when result.NothingJudged is { } nothing => nothing,
            (0, true) => "No incidents.",
            (0, false) => "No incidents in what could be read.",
            _ => $"{contain} to contain, {(brake == 0 ? "" : $"{brake} to brake, ")}{watch} to watch.",
        };
        var late = result.Late > 0 ? $" {result.Late} records came too late to be judged with the others of their time: put the files in order." : "";
        var learned = result.Learned is { } baseline ? $" Learned what is usual for {baseline.Actors.Count} actors." : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{found} Read {result.Read.Records:N0} records in {result.Read.Files:N0} files, {result.Read.Bytes / 1e6:N1} MB, "
            + $"in {result.Seconds:N1} seconds.{late}{learned} {result.Assumed}");
    }

    private static Dictionary<string, ReplayedCase> ByActor(IEnumerable<ReplayedCase> incidents) =>
        incidents.ToDictionary(incident => ActorName.Of(incident.Incident.Root), StringComparer.Ordinal);

    private static string Brief(ReplayedCase? incident) => incident is null
        ? "-"
        : $"{incident.Verdict.Name} {incident.Verdict.Score}, {Moment(incident.FirstAlert.Time)}, after {Duration(incident.After)}";

    private static Spectre.Console.Text Cell(string text) => new(Printable.Of(text, 300));

    private static Spectre.Console.Text VerdictCell(Verdict verdict) => new(verdict.Name, new Style(verdict is Verdict.Contain ? Color.Red : Color.Yellow));

    private static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Duration(TimeSpan time) => time.TotalSeconds < 120
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}");

    // Not by the console, which would break long lines where nobody wants them broken: in a file.
    private void Line(string text) => console.Profile.Out.Writer.WriteLine(text);
}
