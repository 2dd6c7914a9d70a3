using ResponseKit.Aws.Execution;
using ResponseKit.Detections;
using ResponseKit.Rules;

namespace ResponseKit.Cli.Docs;

/// <summary>
/// The catalogue for people to read, <c>docs/catalogue.md</c>: every detection, pattern, rule and action, and what ends what, in Markdown. Made from their descriptors only,
/// so it cannot say anything else than the code.
/// </summary>
public static class CatalogueDocument
{
    /// <summary>Writes the whole document. Equal catalogues give equal text, with <c>\n</c> at the end of each line.</summary>
    public static string Write(IEnumerable<IConfiguredDetection> detections, IEnumerable<IResponseAction> actions)
    {
        var document = new MarkdownDocument();
        document.Heading(1, "Catalogue");
        document.Paragraph("Every detection, pattern, rule and action, generated from the code by `responsekit docs`. Change the code, not this file.");
        DetectionPages.Write(document, [.. detections.Select(detection => (detection.Descriptor, detection.Examples))]);
        PatternPages.Write(document);
        RulePages.Write(document, EventRules.All);
        ChangePages.Write(document);
        ActionPages.Write(document, [.. actions.Select(action => action.Descriptor)]);
        return document.ToString();
    }
}
