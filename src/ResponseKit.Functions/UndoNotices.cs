using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Response;
using ResponseKit.Response.Notifications;
using ResponseKit.Response.Stores;

namespace ResponseKit.Functions;

/// <summary>What people are told when somebody ends an incident.</summary>
internal static class UndoNotices
{
    private const int MostListed = 20;

    /// <summary>It was called a false alarm.</summary>
    public static Notice Dismissed(UndoRequest request, IncidentRecord record, string who, UndoPlan plan) => Of(
        record, $"dismissed-{record.Round}", $"{record.Incident.Root.Key} was called a false alarm",
        [
            $"{who} says that incident {request.Incident} is a false alarm: {request.Reason}", "",
            "What was known of it by then counts no more. What its actors do from now on is judged by itself.",
            plan.Due.IsEmpty ? "Nothing is left to give back." : $"{plan.Due.Length} receipts can still be given back: responsekit undo {request.Incident} --all --reason '…'",
        ]);

    /// <summary>What the response took was given back.</summary>
    public static Notice Undone(
        UndoRequest request, IncidentRecord record, string who, ImmutableArray<UndoResult> results, UndoPlan plan, bool more, DateTimeOffset now) => Of(
        record, string.Create(CultureInfo.InvariantCulture, $"undone-{record.Round}-{now.UtcDateTime:yyyyMMddHHmmss}"),
        results.Any(one => one.Problem is not null) ? $"giving back what was taken from {record.Incident.Root.Key} needs you" : $"what was taken from {record.Incident.Root.Key} was given back",
        [
            $"{who} had it given back: {request.Reason}", "",
            $"Given back: {results.Count(one => one.Problem is null)}. Failed: {results.Count(one => one.Problem is not null)}. Left: {plan.Left.Length}.{(more ? " Time ran out; whoever asked must ask again." : "")}",
            .. results.Take(MostListed).Select(one => $"- {one.Receipt.Action} on {string.Join(", ", one.Receipt.Targets.Take(3))}: {one.Problem ?? "given back"}"),
            .. plan.Left.Take(MostListed).Select(one => $"- left: {one.Receipt.Action} on {string.Join(", ", one.Receipt.Targets.Take(3))}: {one.Reason}"),
        ]);

    private static Notice Of(IncidentRecord record, string state, string subject, ImmutableArray<string> lines) => new()
    {
        Incident = record.Incident.Id,
        State = state,
        Subject = $"ResponseKit: {subject}",
        Lines = [$"Incident {record.Incident.Id}, round {record.Round}, account {record.Incident.Account}.", .. lines],
        OwnLines = ["", $"See it: responsekit show {record.Incident.Id}"],
        Attributes = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
        [
            KeyValuePair.Create("verdict", record.Incident.Verdict.Name), KeyValuePair.Create("account", record.Incident.Account), KeyValuePair.Create("state", state.Split('-')[0]),
        ]),
    };
}
