using System.Collections.Immutable;
using System.Text;
using ResponseKit.Response.Evidence;

namespace ResponseKit.Reports;

/// <summary>The files that a report is: the same content for people to look at, for people to paste, for programs, and the indicators for a spreadsheet.</summary>
public static class ReportFiles
{
    /// <summary>All of them; the page for people first.</summary>
    public static ImmutableArray<ReportFile> Of(IncidentDossier dossier)
    {
        var report = IncidentReports.Of(dossier);
        return
        [
            new(".html", "text/html; charset=utf-8", Encoding.UTF8.GetBytes(ReportTemplates.Html(report))),
            new(".md", "text/markdown; charset=utf-8", Encoding.UTF8.GetBytes(ReportTemplates.Markdown(report))),
            new(".json", "application/json", ReportJson.Write(report, dossier)),
            new(".indicators.csv", "text/csv; charset=utf-8", Indicators.ToCsv(report.Indicators)),
        ];
    }
}

/// <summary>One file of a report.</summary>
/// <param name="Ending">What its name ends with, with the dot.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Content">Its content.</param>
public sealed record ReportFile(string Ending, string ContentType, byte[] Content);
