using System.Text.Json;

namespace ResponseKit.Records;

/// <summary>
/// Reads maps and structures as Athena, CloudTrail Lake and Java print them, and writes them as JSON: <c>{type=IAMUser, attributes={mfaauthenticated=false}}</c>.
/// The text says nowhere where a value ends; it is taken to end at a comma and a space where another name and an equals sign follow, or where its map ends. Names of
/// users and sessions may hold commas and equals signs, and no space. A map that names something twice is none: somebody may have written the second.
/// A value that is JSON itself becomes JSON, unless it is a policy, which CloudTrail writes as text. Never throws.
/// </summary>
internal ref struct PlainMap
{
    private const int MostDeep = 16;

    private readonly ReadOnlySpan<char> text;
    private readonly Utf8JsonWriter writer;
    private readonly Func<string, string> rename;
    private int at;

    private PlainMap(ReadOnlySpan<char> text, Utf8JsonWriter writer, Func<string, string> rename)
    {
        this.text = text;
        this.writer = writer;
        this.rename = rename;
    }

    /// <summary>Writes the map as JSON; false when the text is none, and what was written until then is of no use.</summary>
    /// <param name="text">The text, from its opening to its closing brace or bracket.</param>
    /// <param name="writer">Takes the JSON.</param>
    /// <param name="rename">Gives the names their spelling.</param>
    public static bool TryWrite(ReadOnlySpan<char> text, Utf8JsonWriter writer, Func<string, string> rename)
    {
        var map = new PlainMap(text, writer, rename);
        return map.TryValue("", deep: 0, closing: '\0') && map.at == text.Length;
    }

    private bool TryValue(string name, int deep, char closing)
    {
        if (deep > MostDeep)
            return false;
        SkipSpace();
        if (at < text.Length && text[at] is '{' or '[')
            return TryJson(name) || (text[at] == '{' ? TryMap(deep) : TryList(deep));
        return deep > 0 && TryScalar(closing);
    }

    // CloudTrail Lake keeps what is nested in a map as JSON.
    private bool TryJson(string name)
    {
        var end = JsonEnd();
        if (end < 0)
            return false;
        var json = text[at..end];
        if (name.Contains("policy", StringComparison.OrdinalIgnoreCase))
        {
            writer.WriteStringValue(json);
            at = end;
            return true;
        }

        try
        {
            using var value = JsonDocument.Parse(json.ToString());
            value.RootElement.WriteTo(writer);
            at = end;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Where the value ends if it is JSON: its braces and brackets outside of strings are closed.
    private readonly int JsonEnd()
    {
        var (open, inString) = (0, false);
        for (var i = at; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when inString: i++; break;
                case '"': inString = !inString; break;
                case '{' or '[' when !inString: open++; break;
                case '}' or ']' when !inString && --open == 0: return i + 1;
                default: break;
            }
        }

        return -1;
    }

    private bool TryMap(int deep)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        writer.WriteStartObject();
        for (at++; ; at++)
        {
            SkipSpace();
            if (at == text.Length)
                return false;
            if (text[at] == '}')
                break;
            var name = NameAt(at);
            if (name.IsEmpty)
                return false;
            at += name.Length + 1;
            var key = rename(name.ToString());
            if (!names.Add(key))
                return false;
            writer.WritePropertyName(key);
            if (!TryValue(key, deep + 1, '}') || at == text.Length || text[at] is not (',' or '}'))
                return false;
            if (text[at] == '}')
                break;
        }

        at++;
        writer.WriteEndObject();
        return true;
    }

    private bool TryList(int deep)
    {
        writer.WriteStartArray();
        for (at++; ; at++)
        {
            SkipSpace();
            if (at == text.Length)
                return false;
            if (text[at] == ']')
                break;
            if (!TryValue("", deep + 1, ']') || at == text.Length || text[at] is not (',' or ']'))
                return false;
            if (text[at] == ']')
                break;
        }

        at++;
        writer.WriteEndArray();
        return true;
    }

    private bool TryScalar(char closing)
    {
        var end = at;
        while (end < text.Length && text[end] != closing && !(text[end] == ',' && (closing == ']' || IsNameBehind(end + 1))))
            end++;
        if (end == text.Length)
            return false;
        var value = text[at..end];
        if (value is "null")
            writer.WriteNullValue();
        else
            writer.WriteStringValue(value);
        at = end;
        return true;
    }

    private readonly bool IsNameBehind(int from)
    {
        if (from >= text.Length || text[from] != ' ')
            return false;
        while (from < text.Length && text[from] == ' ')
            from++;
        return !NameAt(from).IsEmpty;
    }

    private readonly ReadOnlySpan<char> NameAt(int from)
    {
        var end = from;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '-' or '.' or ':' or '/'))
            end++;
        return end < text.Length && text[end] == '=' ? text[from..end] : default;
    }

    private void SkipSpace()
    {
        while (at < text.Length && text[at] is ' ' or '\n' or '\r' or '\t')
            at++;
    }
}
