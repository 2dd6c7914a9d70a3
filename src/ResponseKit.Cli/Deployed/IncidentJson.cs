using System.Text.Json;
using ResponseKit.Correlation.Explaining;
using ResponseKit.Response;

namespace ResponseKit.Cli.Deployed;

/// <summary>One incident as JSON.</summary>
internal static class IncidentJson
{
    public static string Of(IncidentSummary summary, IReadOnlyList<ActionReceipt> receipts) => JsonText.Of(json =>
    {
        summary.WriteTo(json);
        json.WriteStartArray("explanation");
        foreach (var line in ExplanationText.Of(summary.Record.Incident.Verdict.Explanation).Split('\n'))
            json.WriteStringValue(line);
        json.WriteEndArray();
        json.WriteStartArray("actions");
        foreach (var receipt in receipts)
        {
            // Through the writer's own encoder: a receipt is written for the Lambda console, which shows more than a terminal should.
            json.WriteStartObject();
            json.WriteBoolean("verified", receipt.IsVerified);
            foreach (var member in JsonElement.Parse(ReceiptJson.Write(receipt)).EnumerateObject())
                member.WriteTo(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("approvals");
        foreach (var approval in summary.Approvals)
        {
            json.WriteStartObject();
            json.WriteBoolean("verified", approval.IsVerified);
            foreach (var member in JsonSerializer.SerializeToElement(approval, ResponseJson.Default.Approval).EnumerateObject())
                member.WriteTo(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
