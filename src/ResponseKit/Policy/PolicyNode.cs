using System.Collections.Immutable;
using System.Text.Json;

namespace ResponseKit.Policy;

/// <summary>A JSON value that knows its line, which the framework's own document does not.</summary>
/// <param name="Line">Where it begins, counted from 1.</param>
/// <param name="Kind">What it is.</param>
internal sealed record PolicyNode(int Line, JsonValueKind Kind)
{
    /// <summary>The text of a string.</summary>
    public string? Text { get; init; }

    /// <summary>A whole number.</summary>
    public int? Number { get; init; }

    /// <summary>The items of an array.</summary>
    public ImmutableArray<PolicyNode> Items { get; init; } = [];

    /// <summary>The members of an object, doubles included.</summary>
    public ImmutableArray<(string Name, int Line, PolicyNode Value)> Members { get; init; } = [];

    /// <summary>Reads a document. Throws <see cref="JsonException"/>, which knows the line.</summary>
    public static PolicyNode Parse(byte[] utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        var root = Value(ref reader, new Lines(utf8));
        // Whatever follows the value is an error, which only reading on brings out.
        reader.Read();
        return root;
    }

    private static PolicyNode Value(ref Utf8JsonReader reader, Lines lines)
    {
        var line = lines.At(reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => Object(ref reader, lines, line),
            JsonTokenType.StartArray => Array(ref reader, lines, line),
            JsonTokenType.String => new(line, JsonValueKind.String) { Text = Decoded(ref reader) },
            JsonTokenType.Number => new(line, JsonValueKind.Number) { Number = reader.TryGetInt32(out var number) ? number : null },
            JsonTokenType.True => new(line, JsonValueKind.True),
            JsonTokenType.False => new(line, JsonValueKind.False),
            _ => new(line, JsonValueKind.Null),
        };
    }

    private static PolicyNode Object(ref Utf8JsonReader reader, Lines lines, int line)
    {
        var members = ImmutableArray.CreateBuilder<(string, int, PolicyNode)>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (name, at) = (Decoded(ref reader), lines.At(reader.TokenStartIndex));
            reader.Read();
            members.Add((name, at, Value(ref reader, lines)));
        }

        return new(line, JsonValueKind.Object) { Members = members.ToImmutable() };
    }

    private static PolicyNode Array(ref Utf8JsonReader reader, Lines lines, int line)
    {
        var items = ImmutableArray.CreateBuilder<PolicyNode>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(Value(ref reader, lines));
        return new(line, JsonValueKind.Array) { Items = items.ToImmutable() };
    }

    // Half a surrogate pair in an escape is JSON, but no text.
    private static string Decoded(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    /// <summary>Tells the line of a byte. Asked in ascending order, so it never counts twice.</summary>
    private sealed class Lines(byte[] utf8)
    {
        private int counted;
        private int line = 1;

        public int At(long index)
        {
            line += utf8.AsSpan(counted, (int)index - counted).Count((byte)'\n');
            counted = (int)index;
            return line;
        }
    }
}
