using ResponseKit.Correlation.Novelty;
using ResponseKit.Correlation.Patterns;

namespace ResponseKit.Cli.Docs;

/// <summary>The catalogue's part about what no single record shows: patterns, and what is new for an actor.</summary>
internal static class PatternPages
{
    public static void Write(MarkdownDocument document)
    {
        document.Heading(2, "Patterns");
        document.Paragraph("What signals of one case within ten minutes mean together. They count as novelty, each by its strongest.");
        document.Table(
            ["Pattern", "What it finds", "ATT&CK", "Why", "Done legitimately by"],
            PatternCatalogue.All.Select(pattern => new[]
            {
                MarkdownDocument.Code(pattern.Id), pattern.Title, string.Join(", ", pattern.Techniques.Select(technique => technique.Id)), pattern.Why,
                string.Join("; ", pattern.BenignCauses),
            }));
        document.Heading(2, "Novelty");
        document.Paragraph(
            "What is unlike an actor's past, as far as it is known: "
            + string.Join(", ", NoveltyScan.Ids.Select(MarkdownDocument.Code))
            + ". [Decision 10](decisions/0010-what-is-usual-for-whom.md) tells what is usual.");
    }
}
