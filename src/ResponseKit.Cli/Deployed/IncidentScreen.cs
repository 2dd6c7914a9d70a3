using ResponseKit.Correlation.Explaining;
using ResponseKit.Response;
using ResponseKit.Text;
using Spectre.Console;

namespace ResponseKit.Cli.Deployed;

/// <summary>Shows one incident to a person at a terminal.</summary>
internal static class IncidentScreen
{
    /// <summary>What it means that something is not verified.</summary>
    public const string NotVerified = "Not verified: it may not be what ResponseKit wrote. Nothing is done by it. Compare it with CloudTrail before you act on it.";

    private const int MostListed = 10;

    public static void Show(IAnsiConsole console, IncidentSummary summary, IReadOnlyList<ActionReceipt> receipts)
    {
        var (record, verdict) = (summary.Record, summary.Record.Incident.Verdict);
        Line(console, $"{record.Incident.Id}: {summary.Actor}, {verdict.Name}, score {verdict.Score}, {summary.State}, round {record.Round}");
        if (!record.IsVerified)
            Line(console, NotVerified);
        if (summary.End is { } end)
            Line(console, $"{(end.Kind == DismissalKind.FalseAlarm ? "A false alarm" : "Given back")}, says {end.By} at {end.At:u}: {end.Reason} What was known by then counts no more.{(end.IsVerified ? "" : " (It bears no seal that can be verified here; it counts all the same.)")}");
        if (record.Incident.Brake is { } brake)
            Line(console, $"Braked since {brake.Since:u}, until {brake.Until:u} unless a person releases it; never beyond {brake.Most:u}.");
        console.WriteLine();
        foreach (var line in ExplanationText.Of(verdict.Explanation).Split('\n'))
            Line(console, line);
        console.WriteLine();
        if (receipts.Count == 0)
            console.WriteLine("Nothing was done about it yet.");
        else
        {
            console.Write(Tables.Of(
                ["Action", "Outcome", "Targets", "What happened"],
                receipts.Select(receipt => (string[])
                [
                    receipt.Action, Outcome(receipt), Targets(receipt), receipt.Message,
                ])));
        }

        foreach (var approval in summary.Approvals)
            Show(console, approval, summary);
    }

    private static void Show(IAnsiConsole console, Approval approval, IncidentSummary summary)
    {
        console.WriteLine();
        Line(console, $"Asked at {approval.Asked:u} in round {approval.Round}. {approval.Standing(summary.Now)}");
        foreach (var item in approval.Items.Take(MostListed))
            Line(console, $"  {item.ActionId} on {string.Join(", ", item.Targets.Take(3).Select(target => target.ToFullArn()))}{(item.Targets.Length > 3 ? $" and {item.Targets.Length - 3} more" : "")}: {item.Reason}");
        if (approval.Items.Length > MostListed)
            Line(console, $"  and {approval.Items.Length - MostListed} more; --json names all");
        if (summary.Pending == approval)
            Line(console, $"Answer it: responsekit approve {summary.Record.Incident.Id} --reason '…' [--reject]");
    }

    private static string Outcome(ActionReceipt receipt) => receipt.IsVerified ? Ending(receipt) : $"not verified: {Ending(receipt)}";

    private static string Ending(ActionReceipt receipt) => receipt.Reverted is { } reverted
        ? $"undone {reverted.UtcDateTime:yyyy-MM-dd HH:mm}"
        : receipt.Status.ToString().ToLowerInvariant();

    private static string Targets(ActionReceipt receipt) =>
        string.Join(", ", receipt.Targets.Take(2)) + (receipt.Targets.Length > 2 ? $" and {receipt.Targets.Length - 2} more" : "");

    private static void Line(IAnsiConsole console, string text) => console.Profile.Out.Writer.WriteLine(Printable.Of(text, 1_000));
}
