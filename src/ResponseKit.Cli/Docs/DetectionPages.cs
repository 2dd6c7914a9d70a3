using System.Collections.Immutable;
using ResponseKit.Correlation.Explaining;
using ResponseKit.Detections;
using ResponseKit.Records;

namespace ResponseKit.Cli.Docs;

/// <summary>The catalogue's part about detections.</summary>
internal static class DetectionPages
{
    public static void Write(MarkdownDocument document, ImmutableArray<(DetectionDescriptor Descriptor, ImmutableArray<DetectionExample> Examples)> detections)
    {
        document.Heading(2, "Detections");
        document.Paragraph("Each looks at one CloudTrail record and may add to the evidence against the principal who made the call.");
        document.Paragraph(
            "Calls marked as reads reach an EventBridge rule only in the state `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`; without it the detection is silent in AWS, and speaks in replay.");
        document.Table(
            ["Detection", "What it finds", "Evidence of", "ATT&CK"],
            detections.Select(detection => (IReadOnlyCollection<string>)
            [
                MarkdownDocument.LinkToHeading(MarkdownDocument.Code(detection.Descriptor.Id), detection.Descriptor.Id),
                detection.Descriptor.Title,
                Words.Name(detection.Descriptor.Category),
                string.Join(", ", detection.Descriptor.Techniques.Select(technique => technique.Id)),
            ]));
        foreach (var (descriptor, examples) in detections)
            WriteOne(document, descriptor, examples);
    }

    private static void WriteOne(MarkdownDocument document, DetectionDescriptor detection, ImmutableArray<DetectionExample> examples)
    {
        document.Heading(3, MarkdownDocument.Code(detection.Id));
        document.Paragraph($"**{detection.Title}.** {detection.Why}");
        document.List(
        [
            $"Evidence of: {Words.Name(detection.Category)}",
            $"ATT&CK: {string.Join("; ", detection.Techniques.Select(Technique))}",
            $"Listens to: {string.Join("; ", detection.Selectors.Select(Calls))}",
            $"Done legitimately by: {string.Join("; ", detection.BenignCauses)}",
            $"Finds: {Names(examples.Where(example => example.Matches))}",
            $"Ignores: {Names(examples.Where(example => !example.Matches))}",
        ]);
    }

    private static string Technique(AttackTechnique technique) =>
        $"[{technique.Id}](https://attack.mitre.org/techniques/{technique.Id.Replace('.', '/')}/) {technique.Name} ({technique.Version})";

    private static string Calls(Selector selector) => selector.IdentityType is { } type
        ? $"every call of an identity of the type {MarkdownDocument.Code(type)}"
        : string.Join(", ", selector.EventNames.Select(MarkdownDocument.Code))
            + $" of {MarkdownDocument.Code(selector.EventSource)}{(selector.ReadOnly ? " (reads)" : "")}";

    private static string Names(IEnumerable<DetectionExample> examples) => string.Join("; ", examples.Select(example => example.Name));
}
