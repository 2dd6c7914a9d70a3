using ResponseKit.Correlation.Lineage.Changes;

namespace ResponseKit.Cli.Docs;

/// <summary>The catalogue's part about what ends whatever an actor made or changed.</summary>
internal static class ChangePages
{
    public static void Write(MarkdownDocument document)
    {
        document.Heading(2, "Detected, then ended or told");
        document.Paragraph(
            "Whatever a call makes, opens, enlarges, alters or takes away, an action ends by itself, or the report tells a person the commands, filled in with what the record "
            + "says, and the permissions that they need. What stands in braces and ends with `-before` or `-new` no record tells; the person puts it in. The region is added.");
        document.Table(
            ["Call", "What it does", "Ended by", "Told", "Needs"],
            ChangeTable.All.Select(rule => (IReadOnlyCollection<string>)
            [
                $"{string.Join(", ", rule.Calls.Select(MarkdownDocument.Code))} of {MarkdownDocument.Code(rule.Source)}",
                $"{Verb(rule.Sort)}: {rule.What}",
                rule.Actions.IsEmpty ? "a person" : string.Join(", ", rule.Actions.Select(action => MarkdownDocument.LinkToHeading(MarkdownDocument.Code(action), action))),
                Told(rule),
                rule.Needs.IsEmpty ? "nothing" : string.Join(", ", rule.Needs.Select(MarkdownDocument.Code)),
            ]));
    }

    private static string Told(ChangeRule rule)
    {
        var parts = rule.Commands.Select(MarkdownDocument.Code).Concat(rule.Note.Length > 0 ? [rule.Note] : []).ToList();
        return parts.Count == 0 ? "what the action did" : string.Join(" <br> ", parts);
    }

    private static string Verb(ChangeSort sort) => sort switch
    {
        ChangeSort.Made => "made",
        ChangeSort.Opened => "opened",
        ChangeSort.Enlarged => "enlarged",
        ChangeSort.Altered => "altered",
        _ => "taken away",
    };
}
