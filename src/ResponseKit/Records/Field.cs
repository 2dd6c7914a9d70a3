using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using ResponseKit.Sharing;

namespace ResponseKit.Records;

/// <summary>
/// A place in a record's JSON that may be missing or of another type than expected. Every step is safe:
/// looking into something that is not there gives another missing field, never an exception.
/// </summary>
public readonly struct Field
{
    private readonly JsonElement element;

    /// <summary>Looks at a JSON value; a default <see cref="JsonElement"/> is a missing field.</summary>
    public Field(JsonElement element) => this.element = element;

    /// <summary>A field that is not there.</summary>
    public static Field Missing => default;

    /// <summary>The member of this object by its exact name, or a missing field.</summary>
    public Field this[string name]
    {
        // Every detection asks often; in each place where it asks, a copy of this would have to be compiled.
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? new Field(value) : Missing;
    }

    /// <summary>Whether there is a value other than JSON null.</summary>
    public bool IsPresent => element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>Whether the value is an object.</summary>
    public bool IsObject => element.ValueKind == JsonValueKind.Object;

    /// <summary>Whether the value is an array.</summary>
    public bool IsArray => element.ValueKind == JsonValueKind.Array;

    /// <summary>Whether the value is true or false, not spelled as a string.</summary>
    public bool IsBoolean => element.ValueKind is JsonValueKind.True or JsonValueKind.False;

    /// <summary>The text of a string, null for anything else.</summary>
    public string? Text
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => element.ValueKind == JsonValueKind.String ? element.GetString() : null;
    }

    /// <summary>The same, as the string that is there already if the text came lately: for what many records share.</summary>
    internal string? SharedText
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get
        {
            if (element.ValueKind != JsonValueKind.String)
                return null;
            var text = JsonMarshal.GetRawUtf8Value(element)[1..^1];
            return (text.Contains((byte)'\\') ? null : SharedTexts.Of(text)) ?? element.GetString();
        }
    }

    /// <summary>A boolean, also when it is spelled as a string, as CloudTrail does for some services; null for anything else.</summary>
    public bool? Flag => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(element.GetString(), out var flag) => flag,
        _ => null,
    };

    /// <summary>A whole number, also when it is spelled as a string (ECS writes cpu and memory so); null for anything else.</summary>
    public long? Number => element.ValueKind switch
    {
        JsonValueKind.Number when element.TryGetInt64(out var number) => number,
        JsonValueKind.String when long.TryParse(element.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>A number with or without a fraction, such as a severity of 8.0; null for anything else, also for what no double can hold.</summary>
    public double? Real => element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    /// <summary>The items of an array; none for anything else.</summary>
    public IEnumerable<Field> Items => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().Select(item => new Field(item)) : [];

    /// <summary>
    /// The items of a list however CloudTrail spells it: a plain array, or EC2's <c>{"items":[…]}</c>.
    /// A single object stands for a list of one.
    /// </summary>
    public IEnumerable<Field> List => element.ValueKind switch
    {
        JsonValueKind.Array => Items,
        JsonValueKind.Object when this["items"].element.ValueKind == JsonValueKind.Array => this["items"].Items,
        JsonValueKind.Object => [this],
        _ => [],
    };

    /// <summary>The members of an object with their names; none for anything else.</summary>
    public IEnumerable<(string Name, Field Value)> Members =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject().Select(member => (member.Name, new Field(member.Value))) : [];

    /// <summary>The members of an object as they stand; none for anything else.</summary>
    internal JsonElement.ObjectEnumerator RawMembers => element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : default;

    /// <summary>The JSON as it was received; empty for a missing field.</summary>
    public override string ToString() => element.ValueKind == JsonValueKind.Undefined ? "" : element.GetRawText();
}
