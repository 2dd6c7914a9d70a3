using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Rules;

namespace ResponseKit.Cli.Docs;

/// <summary>The catalogue's part about EventBridge rules.</summary>
internal static class RulePages
{
    public static void Write(MarkdownDocument document, ImmutableArray<EventRule> rules)
    {
        document.Heading(2, "EventBridge rules");
        document.Paragraph(
            $"What brings these calls to triage, in each region of each account. EventBridge allows {EventRules.MaxPatternLength} characters for a pattern and "
            + $"{EventRules.MaxRulesPerBus} rules for a bus. The special state is `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`. "
            + "[Decision 13](decisions/0013-rules-are-packed-from-the-catalogue.md) tells how they are made.");
        document.Table(
            ["Rule", "Listens to", "Characters", "State"],
            rules.Select(rule => (IReadOnlyCollection<string>)
            [
                MarkdownDocument.Code(rule.Name),
                string.Join(", ", rule.Listens),
                rule.Pattern.Length.ToString(CultureInfo.InvariantCulture),
                rule.NeedsReads ? "special" : "plain",
            ]));
    }
}
