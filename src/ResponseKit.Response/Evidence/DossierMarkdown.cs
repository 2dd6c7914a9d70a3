using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ResponseKit.Correlation.Explaining;
using ResponseKit.Text;

namespace ResponseKit.Response.Evidence;

/// <summary>Writes a dossier as Markdown, for people. Texts from outside stand for themselves in it.</summary>
public static class DossierMarkdown
{
    private const int MostTargets = 20;
    private const int LongestState = 2_000;

    /// <summary>The dossier as text.</summary>
    public static string Write(IncidentDossier dossier)
    {
        var (text, incident) = (new StringBuilder(), dossier.Record.Incident);
        Line(text, $"# {incident.Id}, round {dossier.Record.Round}");
        Line(text, $"{Code(incident.Root.Key)} in account {incident.Account}: {incident.Verdict.Name}, score {incident.Verdict.Score}. Mode {dossier.Mode}. Written {dossier.Written:u}.");
        Line(text, dossier.Error is { } error ? $"**The response was broken off:** {MarkdownText.Of(error)}"
            : dossier.Report.CameToRest ? "Everything that was applied was seen to hold." : "**It did not come to rest: see what is left.**");
        Explain(text, incident.Verdict.Explanation);
        List(text, "Left to people", [.. dossier.Report.Left.Concat(dossier.Report.Pages.Select(page => page.Sentence))]);
        WriteCommands(text, [.. dossier.Report.Pages.SelectMany(page => page.Commands)]);
        List(text, "Held", [.. dossier.Report.Held.Select(action => $"{action.ActionId} on {Targets(action.Request)}: {Reason(action.Guard)}")]);
        List(text, "What persons were asked", [.. dossier.Approvals.Select(approval => $"Round {approval.Round}, {Asked(approval)}. {approval.Standing(dossier.Written)}")]);
        List(text, "Plan", [.. dossier.Plan.Actions.Select(action => $"{action.Stage.Title}: {action.ActionId} on {Targets(action.Request)} ({action.Request.Mode.ToString().ToLowerInvariant()})")]);
        Line(text, "## Receipts");
        foreach (var receipt in dossier.Receipts)
            Write(text, receipt);
        return text.ToString();
    }

    // Indented by four, so that nothing in a command is markup; a name's line breaks were escaped when the record was read.
    private static void WriteCommands(StringBuilder text, ImmutableArray<string> commands)
    {
        if (commands.IsEmpty)
            return;
        Line(text, "## Commands for that, in a POSIX shell");
        foreach (var command in commands)
            text.Append("    ").Append(command).Append('\n');
        text.Append('\n');
    }

    private static void Explain(StringBuilder text, Explanation explanation)
    {
        Line(text, "## What was done");
        if (explanation.Steps is [var first, ..])
        {
            foreach (var step in explanation.Steps)
                text.Append("- ").Append(MarkdownText.Of(ExplanationText.Line(step, first.Time))).Append('\n');
            text.Append('\n');
        }

        Line(text, MarkdownText.Of(explanation.Sum));
    }

    private static void Write(StringBuilder text, ActionReceipt receipt)
    {
        Line(text, $"### {MarkdownText.Of(receipt.Action)}: {receipt.Status.ToString().ToLowerInvariant()}");
        Line(text, $"{MarkdownText.Of(receipt.Message)} {receipt.Account} {receipt.Region}, {receipt.Started:u} to {receipt.Finished:u}, {Code(receipt.Id)}.");
        foreach (var step in receipt.Steps)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {MarkdownText.Of(step.Summary)} ({MarkdownText.Of(step.Call)}): {Outcome(step.Outcome)}");
            if (step.Before is { } before)
                text.Append(CultureInfo.InvariantCulture, $". Before: {MarkdownText.Of(before.ToJsonString(), LongestState)}");
            text.Append('\n');
        }

        text.Append('\n');
    }

    private static void List(StringBuilder text, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
            return;
        Line(text, "## " + title);
        foreach (var line in lines)
            text.Append("- ").Append(MarkdownText.Of(line, LongestState)).Append('\n');
        text.Append('\n');
    }

    private static string Asked(Approval approval) =>
        $"asked at {approval.Asked:u} about {string.Join(", ", approval.Items.GroupBy(item => item.ActionId, StringComparer.Ordinal).Select(same => $"{same.Key} on {same.Sum(item => item.Targets.Length)} resources"))}";

    private static string Targets(ActionRequest request) => string.Join(", ", request.Targets.Take(MostTargets).Select(target => target.ToFullArn()))
        + (request.Targets.Length > MostTargets ? $" and {request.Targets.Length - MostTargets} more" : "");

    private static string Reason(GuardVerdict guard) => guard switch
    {
        GuardVerdict.Held held => held.Reason,
        GuardVerdict.NeedsApproval asked => asked.Reason,
        _ => "",
    };

    private static string Outcome(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Failed failed => $"**failed**, {MarkdownText.Of(failed.Code)}: {MarkdownText.Of(failed.Message)}",
        StepOutcome.Skipped skipped => $"skipped, {MarkdownText.Of(skipped.Reason)}",
        StepOutcome.NeedsApproval asked => $"needs approval, {MarkdownText.Of(asked.Reason)}",
        StepOutcome.Applied { RequestId: { } request } => $"applied, request {MarkdownText.Of(request)}",
        StepOutcome.AlreadyInPlace => "already in place",
        StepOutcome.NotFound missing => $"**not found**, {MarkdownText.Of(missing.Detail)}",
        StepOutcome.NotReached => "**not reached**",
        _ => outcome.GetType().Name.ToLowerInvariant(),
    };

    // In a code span nothing is markup but its end.
    private static string Code(string text) => $"`{Printable.Of(text, 300).Replace('`', '\'')}`";

    private static void Line(StringBuilder text, string line) => text.Append(line).Append("\n\n");
}
