using System.Collections;
using System.Globalization;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Util;

namespace ResponseKit.StandIns;

/// <summary>What a property's type is to a wire format.</summary>
internal sealed class ValueKind
{
    private readonly Func<string, object>? parse;

    public ValueKind(Type type)
    {
        Type = Nullable.GetUnderlyingType(type) ?? type;
        if (Type.IsGenericType && Type.GetGenericTypeDefinition() == typeof(List<>))
        {
            Item = new ValueKind(Type.GetGenericArguments()[0]);
        }
        else if (Type.IsGenericType && Type.GetGenericTypeDefinition() == typeof(Dictionary<,>))
        {
            Item = new ValueKind(Type.GetGenericArguments()[1]);
            IsMap = true;
        }
        else
        {
            parse = ParserOf(Type);
        }
    }

    /// <summary>The type itself, without its nullable wrapper.</summary>
    public Type Type { get; }

    /// <summary>The items of a list, or the values of a map; null for anything else.</summary>
    public ValueKind? Item { get; }

    public bool IsMap { get; }

    public bool IsStructure => parse is null && Item is null;

    public object Parse(string text) => parse!(text);

    public IList NewList() => (IList)Activator.CreateInstance(Type)!;

    public IDictionary NewMap() => (IDictionary)Activator.CreateInstance(Type)!;

    /// <summary>A value that is not a structure, list or map, as text.</summary>
    public static string Text(object value) => value switch
    {
        bool b => b ? "true" : "false",
        DateTime d => StringUtils.FromDateTimeToISO8601WithOptionalMs(d),
        MemoryStream m => Convert.ToBase64String(m.ToArray()),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static Func<string, object>? ParserOf(Type type)
    {
        if (type == typeof(string))
        {
            return static s => s;
        }

        if (type == typeof(MemoryStream))
        {
            return static s => new MemoryStream(Convert.FromBase64String(s));
        }

        if (type == typeof(DateTime))
        {
            return static s => DateTime.Parse(
                s, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
        }

        if (type.IsPrimitive)
        {
            return s => Convert.ChangeType(s, type, CultureInfo.InvariantCulture);
        }

        if (!typeof(ConstantClass).IsAssignableFrom(type))
        {
            return null;
        }

        var constructor = type.GetConstructor([typeof(string)])!;
        return s => constructor.Invoke([s]);
    }
}
