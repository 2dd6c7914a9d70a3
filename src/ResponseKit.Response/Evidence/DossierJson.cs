using System.Text.Encodings.Web;
using System.Text.Json;
using ResponseKit.Correlation;

namespace ResponseKit.Response.Evidence;

/// <summary>Writes a dossier as JSON, for programs and for undoing by hand.</summary>
public static class DossierJson
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    /// <summary>The dossier as UTF-8.</summary>
    public static byte[] Write(IncidentDossier dossier)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("format", "responsekit-report-1");
            json.WriteString("written", dossier.Written);
            json.WriteString("mode", dossier.Mode);
            json.WriteNumber("round", dossier.Record.Round);
            json.WriteString("opened", dossier.Record.Opened);
            if (dossier.Error is not null)
                json.WriteString("error", dossier.Error);
            json.WriteBoolean("cameToRest", dossier.Report.CameToRest);
            json.WritePropertyName("incident");
            JsonSerializer.Serialize(json, dossier.Record.Incident, CaseJson.Default.Incident);
            json.WritePropertyName("plan");
            JsonSerializer.Serialize(json, dossier.Plan, ResponseJson.Default.ResponsePlan);
            json.WriteStartArray("approvals");
            foreach (var approval in dossier.Approvals)
                JsonSerializer.Serialize(json, approval, ResponseJson.Default.Approval);
            json.WriteEndArray();
            json.WriteStartArray("outcomes");
            foreach (var outcome in dossier.Report.Actions)
            {
                json.WriteStartObject();
                json.WriteString("action", outcome.ActionId);
                json.WritePropertyName("request");
                json.WriteRawValue(outcome.Request.ToJson());
                json.WriteString("result", outcome.Result.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("receipts");
            foreach (var receipt in dossier.Receipts)
                json.WriteRawValue(ReceiptJson.Write(receipt));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
