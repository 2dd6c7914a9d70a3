using System.Collections.Immutable;
using System.Text.Json;
using ResponseKit.Response;
using ResponseKit.Text;

namespace ResponseKit.Functions;

/// <summary>The answers of the undo function. Their first field says what happened and what to do next.</summary>
internal static class UndoJson
{
    private const int MostListed = 200;
    private const int MostTargets = 20;

    public static byte[] Planned(UndoRequest request, UndoPlan plan) => Of(
        request, plan.Due.IsEmpty ? "There is nothing to give back." : $"{Receipts(plan.Due.Length)} would be given back, newest first; send the same request with mode apply. Nothing was changed.",
        plan, []);

    public static byte[] Dismissed(UndoRequest request, UndoPlan plan, string who) => Of(
        request, $"Incident {request.Incident} is a false alarm, says {who}: what was known of it by now counts no more, and what comes does. "
            + (plan.Due.IsEmpty ? "Nothing is left to give back." : $"{Receipts(plan.Due.Length)} can be given back: send the same request with mode apply and \"all\": true."),
        plan, []);

    public static byte[] Undone(UndoRequest request, UndoPlan plan, ImmutableArray<UndoResult> results, bool more)
    {
        var (done, failed) = (results.Count(one => one.Problem is null), results.Count(one => one.Problem is not null));
        var rest = more ? " Time ran out: send the same request again to go on." : "";
        var next = failed > 0 ? $" {Receipts(failed)} could not be given back: see failed, and put back by hand what is right." : "";
        return Of(request, $"{Receipts(done)} given back.{next}{rest}", plan, results, more);
    }

    private static byte[] Of(UndoRequest request, string message, UndoPlan plan, ImmutableArray<UndoResult> results, bool more = false) => AnswerJson.Of(json =>
    {
        json.WriteString("message", message);
        json.WriteString("incident", request.Incident);
        json.WriteString("mode", request.Mode.ToString().ToLowerInvariant());
        json.WriteBoolean("more", more);
        if (request.Mode == UndoMode.Apply)
        {
            Write(json, "undone", results.Where(one => one.Problem is null).Select(one => (one.Receipt, (string?)null)));
            Write(json, "failed", results.Where(one => one.Problem is not null).Select(one => (one.Receipt, one.Problem)));
        }
        else
        {
            Write(json, "due", plan.Due.Select(receipt => (receipt, (string?)null)));
        }

        Write(json, "left", plan.Left.Select(one => (one.Receipt, (string?)one.Reason)));
    });

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<(ActionReceipt Receipt, string? Reason)> entries)
    {
        json.WriteStartArray(name);
        foreach (var (receipt, reason) in entries.Take(MostListed))
        {
            json.WriteStartObject();
            json.WriteString("action", receipt.Action);
            json.WriteString("account", receipt.Account);
            json.WriteString("region", receipt.Region);
            json.WriteStartArray("target");
            foreach (var target in receipt.Targets.Take(MostTargets))
                json.WriteStringValue(Printable.Of(target, 300));
            json.WriteEndArray();
            json.WriteString("receipt", receipt.Id);
            if (reason is not null)
                json.WriteString("reason", Printable.Of(reason, 1_000));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Receipts(int count) => count == 1 ? "1 receipt" : $"{count} receipts";
}
