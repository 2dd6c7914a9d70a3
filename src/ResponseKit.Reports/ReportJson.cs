using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ResponseKit.Correlation;
using ResponseKit.Response;
using ResponseKit.Response.Evidence;

namespace ResponseKit.Reports;

/// <summary>Writes a report as JSON, for programs: its content, and under it what it was made of, for undoing by hand.</summary>
internal static class ReportJson
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    /// <summary>As UTF-8.</summary>
    public static byte[] Write(IncidentReport report, IncidentDossier dossier)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("format", "responsekit-report-2");
            json.WriteString("written", dossier.Written);
            json.WriteString("mode", dossier.Mode);
            json.WriteNumber("round", dossier.Record.Round);
            json.WriteString("opened", dossier.Record.Opened);
            if (dossier.Error is not null)
                json.WriteString("error", dossier.Error);
            json.WriteBoolean("cameToRest", dossier.Report.CameToRest);
            json.WritePropertyName("report");
            JsonSerializer.Serialize(json, report, ReportJsonContext.Default.IncidentReport);
            WriteSources(json, dossier);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteSources(Utf8JsonWriter json, IncidentDossier dossier)
    {
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
    }
}

/// <summary>How reports are written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IncidentReport))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
