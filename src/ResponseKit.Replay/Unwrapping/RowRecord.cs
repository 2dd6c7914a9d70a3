using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ResponseKit.Records;

namespace ResponseKit.Replay.Unwrapping;

/// <summary>
/// Makes a record of a row of a table whose columns are a record's members, in whatever case their names are written: lower case in Athena and Glue, as CloudTrail's in
/// CloudTrail Lake, with points for what is nested in Splunk's exports. Empty cells are members that are missing.
/// </summary>
internal static class RowRecord
{
    private static readonly FrozenDictionary<string, string> Names = new[]
    {
        "eventVersion", "userIdentity", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress", "userAgent", "errorCode", "errorMessage", "requestParameters",
        "responseElements", "additionalEventData", "requestID", "eventID", "eventType", "apiVersion", "managementEvent", "readOnly", "resources", "recipientAccountId",
        "serviceEventDetails", "sharedEventID", "vpcEndpointId", "vpcEndpointAccountId", "eventCategory", "addendum", "sessionCredentialFromConsole", "edgeDeviceDetails",
        "tlsDetails",
    }.SelectMany(name => new[] { (Spelt: name, Name: name), (Spelt: Underscored(name), Name: name) }).DistinctBy(pair => pair.Spelt)
        .ToFrozenDictionary(pair => pair.Spelt, pair => pair.Name, StringComparer.OrdinalIgnoreCase);

    private static readonly JsonWriterOptions AsItStands = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether these are the columns of such a table.</summary>
    public static bool IsRow(IEnumerable<string> names)
    {
        var known = names.Select(Canonical).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return known.Contains("eventName") && known.Contains("eventSource") && known.Contains("eventTime");
    }

    /// <summary>A member's name as CloudTrail spells it; null when it is none.</summary>
    public static string? Canonical(string name) => Names.GetValueOrDefault(name.Trim());

    /// <summary>The record of an object.</summary>
    public static byte[] Of(JsonElement row) => Write(row.EnumerateObject().Select(member => (member.Name, member.Value)));

    /// <summary>The record of a row of cells.</summary>
    public static byte[] Of(IEnumerable<(string Name, string Cell)> cells) =>
        Write(cells.Where(cell => cell.Cell.Length > 0).Select(cell => (cell.Name, JsonSerializer.SerializeToElement(cell.Cell, TextContext.Default.String))));

    private static byte[] Write(IEnumerable<(string Name, JsonElement Value)> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, AsItStands);
        var written = new HashSet<string>(StringComparer.Ordinal);
        var nested = new Nested();
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            if (Canonical(name) is { } known)
            {
                if (!IsNothing(value) && written.Add(known))
                    Write(writer, known, value);
            }
            else if (name.IndexOf('.', StringComparison.Ordinal) is > 0 and var at && Canonical(name[..at]) is { } parent && !IsNothing(value))
            {
                nested.Add([parent, .. Parts(parent, name[(at + 1)..])], value);
            }
        }

        nested.Write(writer, written);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static IEnumerable<string> Parts(string parent, string path) => path.Split('.').Select(part => parent == "userIdentity" ? IdentityNames.Canonical(part) : part);

    private static bool IsNothing(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && (value.ValueEquals(""u8) || value.ValueEquals("-"u8) || value.ValueEquals("null"u8)));

    private static void Write(Utf8JsonWriter writer, string name, JsonElement value)
    {
        writer.WritePropertyName(name);
        if (name == "userIdentity")
            IdentityNames.Write(value, writer);
        else if (name == "eventTime")
            writer.WriteStringValue(Time(value));
        else
            value.WriteTo(writer);
    }

    // Athena and CloudTrail Lake name the zone, other stores count milliseconds or seconds since 1970.
    private static string Time(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : value.GetRawText();
        if (text.EndsWith(" UTC", StringComparison.Ordinal))
            text = text[..^4];
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number is < 0 or > 1e17)
            return text;
        var milliseconds = number < 1e11 ? number * 1000 : number < 1e14 ? number : number / 1000;
        return DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
    }

    private static string Underscored(string name) =>
        string.Concat(name.Select((letter, at) => at > 0 && char.IsAsciiLetterUpper(letter) && !char.IsAsciiLetterUpper(name[at - 1]) ? $"_{letter}" : $"{letter}"));

    /// <summary>What stands in columns with points in their names.</summary>
    private sealed class Nested
    {
        private readonly Dictionary<string, Nested> inner = new(StringComparer.Ordinal);
        private JsonElement? value;

        public void Add(ReadOnlySpan<string> path, JsonElement cell)
        {
            if (path.IsEmpty)
            {
                value ??= cell;
                return;
            }

            if (!inner.TryGetValue(path[0], out var next))
                inner[path[0]] = next = new();
            next.Add(path[1..], cell);
        }

        public void Write(Utf8JsonWriter writer, HashSet<string> written)
        {
            foreach (var (name, one) in inner.Where(member => written.Add(member.Key)))
            {
                writer.WritePropertyName(name);
                one.Write(writer);
            }
        }

        private void Write(Utf8JsonWriter writer)
        {
            if (inner.Count == 0)
            {
                value!.Value.WriteTo(writer);
                return;
            }

            writer.WriteStartObject();
            Write(writer, []);
            writer.WriteEndObject();
        }
    }
}
