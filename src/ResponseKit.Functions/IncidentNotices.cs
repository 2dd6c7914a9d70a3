using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using ResponseKit.Correlation;
using ResponseKit.Detections.Costs;
using ResponseKit.Policy;
using ResponseKit.Response;
using ResponseKit.Response.Notifications;
using ResponseKit.Response.Running;
using ResponseKit.Response.Stores;

namespace ResponseKit.Functions;

/// <summary>What people are told of an incident, and when.</summary>
internal static class IncidentNotices
{
    private const int MostListed = 20;

    /// <summary>A round was opened, and this is being done about it.</summary>
    public static Notice Opened(IncidentRecord record, Verdict verdict, string doing, ResponseMode mode, ImmutableArray<Page> pages) => Of(
        record, $"opened-{record.Round}", $"{record.Incident.Root.Key} must be {(record.IsBrake ? "braked" : "contained")}{Price(record, verdict)}", verdict.Name, mode,
        [
            doing, .. OfPages(pages), "", .. verdict.Explanation.ToString().Split('\n'), "",
            .. mode == ResponseMode.Observe ? ["Nothing is changed. To act, send the planned requests to the action functions yourself, starting with the identity."] : Levers(record),
        ]);

    /// <summary>A person is asked.</summary>
    public static Notice Asked(IncidentRecord record, Approval approval, ResponseMode mode) => Of(
        record, $"asked-{approval.Number}", $"{record.Incident.Root.Key} waits for approval", record.Incident.Verdict.Name, mode,
        [
            .. record.IsBrake ? Choice(record, approval) : [$"A person must approve the following until {approval.Until:u}. When nobody answers, it is not done."], "",
            .. Listed([.. approval.Items.Select(item => $"- {item.ActionId} on {Named(item)}: {item.Reason}")]), "",
            $"Approve: responsekit approve {record.Incident.Id} --reason '…'", $"Reject:  responsekit approve {record.Incident.Id} --reject --reason '…'",
            $$"""Or reject by invoking the approval function with {"decision":"reject","incident":"{{record.Incident.Id}}","by":"your name","reason":"…"}""", "",
            .. Levers(record),
        ]);

    /// <summary>Identities could not be contained at the first try. It is told at once: while they act, everything else is made anew.</summary>
    /// <param name="record">The incident's round.</param>
    /// <param name="failed">What was asked for, and what came of it.</param>
    /// <param name="mode">What ResponseKit may do.</param>
    public static Notice NotContained(IncidentRecord record, IReadOnlyList<ActionOutcome> failed, ResponseMode mode) => Of(
        // Told again when it is twice as many, and not with every look.
        record, $"uncontained-{record.Round}-{BitOperations.Log2((uint)failed.Count)}",
        $"{string.Join(", ", failed.SelectMany(action => action.Request.Targets).Select(target => target.Name).Distinct(StringComparer.Ordinal).Take(2))} is NOT contained",
        record.Incident.Verdict.Name, mode,
        [
            $"{failed.Count} {(failed.Count == 1 ? "identity" : "identities")} of this incident can still act. ResponseKit tries again; do not wait for it.",
            .. Part("Not contained", failed.Select(action => $"{action.ActionId}: {action.Result.Message}")), "",
            "Contain them yourself in the account, as somebody whom no service control policy binds, or deny them by a service control policy. "
            + "For a user that was renamed: aws iam get-access-key-last-used --access-key-id KEY names its owner.", "",
            .. Levers(record),
        ]);

    /// <summary>Something came to the incident that no action can or may see to.</summary>
    public static Notice Paged(IncidentRecord record, ImmutableArray<Page> pages, ResponseMode mode) => Of(
        record, $"pages-{record.Round}-{pages.Length}", $"{pages.Length} {(pages.Length == 1 ? "thing" : "things")} of {record.Incident.Root.Key} need you",
        record.Incident.Verdict.Name, mode, ["ResponseKit cannot or may not see to the following by itself.", .. OfPages(pages), "", .. Levers(record)]);

    // What makes people look at once.
    private static string Price(IncidentRecord record, Verdict verdict) => record.IsBrake && verdict.UsdPerHour >= 1 ? $", {Dollars.AnHour(verdict.UsdPerHour)}" : "";

    private static ImmutableArray<string> Choice(IncidentRecord record, Approval approval) =>
    [
        $"Nobody but a person can tell whether this is meant. Decide until {approval.Until:u}:",
        "- approve, and the following is done;",
        "- reject, and what is braked is released within minutes; with --remember 500 --days 30 the same is allowed from now on, up to that many US dollars an hour;",
        $"- do nothing, and the brake ends by itself at {record.Incident.Brake?.Until:u}. Whatever takes effect after that begins another, until {record.Incident.Brake?.Most:u} at the latest.",
    ];

    /// <summary>A round has ended, or broke off because of an error.</summary>
    public static Notice Ended(IncidentRecord record, ResponseReport report, ResponseMode mode, string? error, string evidence, ImmutableArray<string> released) => Of(
        record, error is null ? $"ended-{record.Round}" : $"broken-off-{record.Round}",
        error is not null ? $"the response to {record.Incident.Root.Key} was broken off"
            : report.NeedsSomebody ? $"the response to {record.Incident.Root.Key} needs you" : $"the response to {record.Incident.Root.Key} has ended",
        record.Incident.Verdict.Name, mode,
        [
            .. error is null ? ImmutableArray<string>.Empty : [$"A step failed for good: {error} What was done stands. The actor's next event takes the response up again."],
            string.Create(CultureInfo.InvariantCulture, $"Done: {report.Actions.Length - report.Left.Length} of {report.Actions.Length} requests. Held: {report.Held.Length}. {(report.CameToRest ? "It came to rest." : "It did not come to rest.")}"),
            .. Part("Failed or not done", report.Left),
            .. Part("Done", report.Actions.Where(action => action.IsDone).Select(action => action.Result.Message)),
            .. Part("Held", report.Held.Select(action => $"{action.ActionId} on {action.Request.Targets.Length} resources: {Reason(action.Guard)}")),
            .. Part("Asked", report.Approvals),
            .. Part("Released", released),
            .. OfPages(report.Pages),
        ]) with
    {
        OwnLines = ["", evidence, $"Read it: responsekit report {record.Incident.Id} --open"],
    };

    /// <summary>What was braked was released after the response had ended, or broken off.</summary>
    public static Notice Released(IncidentRecord record, ImmutableArray<string> released, ResponseMode mode) => Of(
        record, $"released-{record.Round}", $"the brake of {record.Incident.Root.Key} has ended", record.Incident.Verdict.Name, mode,
        [.. Part("Released", released)]);

    private static Notice Of(IncidentRecord record, string state, string subject, string verdict, ResponseMode mode, ImmutableArray<string> lines) => new()
    {
        Incident = record.Incident.Id,
        State = state,
        Subject = $"ResponseKit: {subject}",
        Lines = [$"Incident {record.Incident.Id}, round {record.Round}, account {record.Incident.Account}, mode {Name(mode)}.", .. lines],
        Attributes = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
        [
            KeyValuePair.Create("verdict", verdict), KeyValuePair.Create("account", record.Incident.Account), KeyValuePair.Create("mode", Name(mode)),
            KeyValuePair.Create("state", state.Split('-')[0]),
        ]),
    };

    private static IEnumerable<string> OfPages(ImmutableArray<Page> pages) =>
    [
        .. Part("For a person", pages.Select(page => page.Sentence)),
        .. Part("To be typed, from the report, where they stand unchanged", pages.SelectMany(page => page.Commands)),
    ];

    private static ImmutableArray<string> Levers(IncidentRecord record) =>
    [
        $"See it: responsekit show {record.Incident.Id}",
        "Stop everything: responsekit control stop --reason '…', or put the item pk=control, sk=kill-switch into the DynamoDB table.",
    ];

    private static IEnumerable<string> Part(string title, IEnumerable<string> lines)
    {
        var all = lines.ToImmutableArray();
        return all.IsEmpty ? [] : ["", title + ":", .. Listed([.. all.Select(line => "- " + line)])];
    }

    private static ImmutableArray<string> Listed(ImmutableArray<string> lines) =>
        lines.Length <= MostListed ? lines : [.. lines[..MostListed], $"- and {lines.Length - MostListed} more"];

    private static string Named(ApprovalItem item) =>
        string.Join(", ", item.Targets.Take(3).Select(target => target.ToFullArn())) + (item.Targets.Length > 3 ? $" and {item.Targets.Length - 3} more" : "");

    private static string Reason(GuardVerdict guard) => guard switch
    {
        GuardVerdict.Held held => held.Reason,
        GuardVerdict.NeedsApproval asked => asked.Reason,
        _ => "",
    };

    private static string Name(ResponseMode mode) => mode.ToString().ToLowerInvariant();
}
