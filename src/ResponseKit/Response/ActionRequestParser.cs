using System.Text.Json;
using ResponseKit.Records;
using ResponseKit.Text;

namespace ResponseKit.Response;

/// <summary>
/// Reads the payload of an action function, the same from the state machine and from a person at the Lambda console. Never throws,
/// whatever the payload holds, and names every error at once.
/// </summary>
public static class ActionRequestParser
{
    /// <summary>Reads UTF-8 text.</summary>
    public static ActionRequestResult Parse(ReadOnlyMemory<byte> json, ActionDescriptor action) =>
        JsonInput.TryRead(json.Span, out var payload, out var problem) ? new ActionRequestReader(action, new Field(payload)).Read() : NotJson(problem);

    /// <summary>Reads a JSON value, which may be disposed of afterwards.</summary>
    public static ActionRequestResult Parse(JsonElement json, ActionDescriptor action) =>
        JsonInput.TryRead(json, out var payload, out var problem) ? new ActionRequestReader(action, new Field(payload)).Read() : NotJson(problem);

    private static ActionRequestResult.Invalid NotJson(string problem) =>
        new([new("(payload)", $"The payload cannot be read: {problem}.", ActionRequestReader.AcceptsPayload)]);
}
