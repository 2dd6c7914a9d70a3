using System.Globalization;
using ResponseKit.Cli.Docs;
using ResponseKit.Correlation.Explaining;
using ResponseKit.Replay;
using ResponseKit.Text;

namespace ResponseKit.Cli.Replay.Output;

/// <summary>Writes what replaying found as Markdown, for a ticket or a page: the table, then the explanation of each incident.</summary>
internal static class ReplayMarkdown
{
    public static string Write(ReplayResult result)
    {
        var document = new MarkdownDocument();
        document.Heading(1, "Replay");
        document.Paragraph(string.Create(
            CultureInfo.InvariantCulture, $"{result.Read.Records:N0} records in {result.Read.Files:N0} files, read in {result.Seconds:N1} seconds. {result.Assumed}"));
        Incidents(document, "Incidents", result.Incidents);
        if (result.WhatIf is { } others)
            Incidents(document, "Incidents with " + string.Join(", ", result.Options.WhatIf!.Changes.Select(text => MarkdownText.Of(text))), others);
        foreach (var incident in result.Incidents)
            Explain(document, incident, ReportBuilder.Explained(incident, result.Options.Policy));
        if (!result.Skipped.IsEmpty)
        {
            document.Heading(2, "Skipped");
            document.List(result.Skipped.Select(skipped => $"{MarkdownText.Of(skipped.File)}: {MarkdownText.Of(skipped.Reason)}"));
        }

        return document.ToString();
    }

    private static void Incidents(MarkdownDocument document, string title, IReadOnlyCollection<ReplayedCase> incidents)
    {
        document.Heading(2, title);
        if (incidents.Count == 0)
        {
            document.Paragraph("None.");
            return;
        }

        document.Table(
            ["Actor", "Verdict", "Score", "First alert (UTC)", "Seconds after the first record", "Record"],
            incidents.Select(incident => new[]
            {
                MarkdownText.Of(ActorName.Of(incident.Incident.Root)), incident.Verdict.Name, Number(incident.Verdict.Score),
                incident.FirstAlert.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), Number(incident.After.TotalSeconds),
                $"{incident.RecordIndex} of {incident.Records}",
            }));
    }

    private static void Explain(MarkdownDocument document, ReplayedCase incident, Explanation explanation)
    {
        document.Heading(2, $"{MarkdownText.Of(ActorName.Of(incident.Incident.Root))}: {incident.Verdict.Name}");
        if (explanation.Steps is [var first, ..])
        {
            document.Paragraph(string.Create(CultureInfo.InvariantCulture, $"On {first.Time.UtcDateTime:yyyy-MM-dd}, times in UTC:"));
            document.List(explanation.Steps.Select(step => MarkdownText.Of(ExplanationText.Line(step, first.Time))));
        }

        document.Paragraph(MarkdownText.Of(explanation.Sum));
        List(document, "Unusual", explanation.Unusual);
        List(document, "Not counted", explanation.NotCounted);
        List(document, "What would have changed the verdict", explanation.WouldChange);
        List(document, "What the response does first", explanation.First);
    }

    private static void List(MarkdownDocument document, string title, IReadOnlyCollection<string> lines)
    {
        if (lines.Count == 0)
            return;
        document.Paragraph($"**{title}**");
        document.List(lines.Select(text => MarkdownText.Of(text)));
    }

    private static string Number(double number) => number.ToString("0", CultureInfo.InvariantCulture);
}
