using System.Collections.Immutable;
using ResponseKit.Correlation;
using ResponseKit.Response;

namespace ResponseKit.Cli.Docs;

/// <summary>The catalogue's part about actions.</summary>
internal static class ActionPages
{
    public static void Write(MarkdownDocument document, ImmutableArray<ActionDescriptor> actions)
    {
        document.Heading(2, "Actions");
        document.Paragraph(
            "Each acts on one kind of resource, can plan, apply, verify and revert, and runs as a function of its own with no more than the permissions listed. "
            + "Stages of one wave run at the same time, waves one after the other.");
        document.Table(
            ["Action", "What it does", "Acts on", "Stage", "Can be undone"],
            InOrder(actions).Select(action => (IReadOnlyCollection<string>)
            [
                MarkdownDocument.LinkToHeading(MarkdownDocument.Code(action.Id), action.Id),
                action.Title,
                action.Target.Id,
                $"{action.Stage.Title} (wave {action.Stage.Wave})",
                action.IsDestructive ? "not all of it" : "yes",
            ]));
        foreach (var action in InOrder(actions))
            WriteOne(document, action);
    }

    private static IEnumerable<ActionDescriptor> InOrder(ImmutableArray<ActionDescriptor> actions) =>
        actions.OrderBy(action => ResponseStage.All.IndexOf(action.Stage)).ThenBy(action => action.Id, StringComparer.Ordinal);

    private static void WriteOne(MarkdownDocument document, ActionDescriptor action)
    {
        document.Heading(3, MarkdownDocument.Code(action.Id));
        document.Paragraph($"**{action.Title}.** {action.Summary}");
        document.List(
        [
            $"Runbook: [{action.Id}](../runbooks/{action.Id}.md)",
            $"Acts on: {action.Target.Id}{(action.MaxTargets > 1 ? $", up to {action.MaxTargets} in one request" : "")}",
            $"Stage: {action.Stage.Title} (wave {action.Stage.Wave}, {action.Stage.NistPhase})",
            $"Planned by itself for: {(action.Triggers.IsEmpty ? "nothing; a person asks for it" : string.Join("; ", action.Triggers.Select(Trigger)))}",
            $"Blast radius: {action.BlastRadius}",
            $"Undo: {(action.Reversibility is Reversibility.Irreversible irreversible ? irreversible.Why : "reverting puts back what the receipt says was changed.")}",
            .. action.Options.Select(option => $"Option {MarkdownDocument.Code(option.Name)}: {option.Meaning} Accepts: {option.Accepts}"),
        ]);
        document.Table(["Phase", "May call", "On"],
        [
            .. Permissions("plan, verify", action.Permissions.Plan),
            .. Permissions("apply", action.Permissions.Apply),
            .. Permissions("revert", action.Permissions.Revert),
        ]);
    }

    private static string Trigger(ActionTrigger trigger) => (trigger.IsForBrake ? "in an incident whose verdict is to brake, " : "") + Subject(trigger);

    private static string Subject(ActionTrigger trigger) => trigger.Relation switch
    {
        null => $"the actor, {trigger.Kind.Id}",
        LineageRelation.Altered => $"{trigger.Kind.Id} that the actor changed",
        _ => $"{trigger.Kind.Id} that the actor made",
    };

    private static IEnumerable<IReadOnlyCollection<string>> Permissions(string phase, ImmutableArray<Permission> permissions) =>
        permissions.GroupBy(permission => (permission.Resource, permission.Justification))
            .Select(group => (IReadOnlyCollection<string>)
            [
                phase,
                string.Join(", ", group.Select(permission => MarkdownDocument.Code(permission.Action)).Distinct().Order(StringComparer.Ordinal)),
                MarkdownDocument.Code(group.Key.Resource) + (group.Key.Justification is { } why ? $": {why}" : ""),
            ]);
}
