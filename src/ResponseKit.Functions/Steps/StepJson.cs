using System.Text.Json;
using ResponseKit.Response;
using ResponseKit.Response.Running;
using ResponseKit.Text;

namespace ResponseKit.Functions.Steps;

/// <summary>The answers of the steps. Their members are what the state machine's paths name.</summary>
internal static class StepJson
{
    private const int MostListed = 20;

    /// <summary>What to ask for, wave by wave.</summary>
    public static byte[] Write(StepInput input, ResponsePass pass) => AnswerJson.Of(json =>
    {
        json.WriteString("incident", input.Incident);
        json.WriteNumber("round", input.Round);
        json.WriteNumber("look", pass.Look);
        json.WriteStartArray("waves");
        foreach (var wave in ResponseStage.Waves)
        {
            json.WriteStartArray();
            foreach (var action in pass.Actions.Where(action => action.Stage.Wave == wave))
                Write(json, action);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteBoolean("more", pass.More);
        json.WriteNumber("held", pass.Held);
        json.WriteNumber("pages", pass.Pages);
        json.WriteBoolean("waits", pass.Waits);
    });

    /// <summary>What was found, under the number of the next pass.</summary>
    public static byte[] Write(StepInput input, ResponseLook look, bool isAsked, bool isDone) => AnswerJson.Of(json =>
    {
        json.WriteString("incident", input.Incident);
        json.WriteNumber("round", input.Round);
        json.WriteNumber("look", look.Look + 1);
        json.WriteNumber("broken", look.Broken.Length);
        json.WriteNumber("quiet", look.Quiet);
        json.WriteBoolean("partly", look.Next > 0);
        json.WriteBoolean("asked", isAsked);
        json.WriteBoolean("done", isDone);
    });

    /// <summary>That the round goes on: the next pass takes the next number by itself.</summary>
    public static byte[] WriteAgain(StepInput input) => AnswerJson.Of(json =>
    {
        json.WriteString("incident", input.Incident);
        json.WriteNumber("round", input.Round);
        json.WriteNumber("look", 0);
        json.WriteBoolean("again", true);
    });

    /// <summary>How the round ended.</summary>
    public static byte[] Write(StepInput input, ResponseReport report) => AnswerJson.Of(json =>
    {
        json.WriteString("incident", input.Incident);
        json.WriteNumber("round", input.Round);
        json.WriteBoolean("again", false);
        json.WriteNumber("actions", report.Actions.Length);
        json.WriteNumber("held", report.Held.Length);
        json.WriteBoolean("cameToRest", report.CameToRest);
        Write(json, "approvals", report.Approvals);
        Write(json, "pages", [.. report.Pages.Select(page => page.ToText())]);
        Write(json, "left", report.Left);
    });

    private static void Write(Utf8JsonWriter json, PlannedAction action)
    {
        json.WriteStartObject();
        json.WriteString("function", action.ActionId);
        json.WritePropertyName("payload");
        json.WriteRawValue(action.Request.ToJson());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts.Take(MostListed))
            json.WriteStringValue(Printable.Of(text, 500));
        if (texts.Count > MostListed)
            json.WriteStringValue($"and {texts.Count - MostListed} more");
        json.WriteEndArray();
    }
}
