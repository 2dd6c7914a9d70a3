using System.Text;
using System.Text.Json;

namespace ResponseKit.Cli.Deployed;

/// <summary>JSON for standard output. The default encoder escapes all that a terminal could take for a command.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>An object with these members.</summary>
    public static string Of(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
