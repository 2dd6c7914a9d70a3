using System.Collections.Concurrent;
using System.Reflection;
using Amazon.Runtime;

namespace ResponseKit.StandIns;

/// <summary>One property of a request, a response or a structure within them.</summary>
internal sealed class Member(PropertyInfo property, ServiceDefinition service)
{
    public string Property { get; } = property.Name;

    public ValueKind Kind { get; } = new(property.PropertyType);

    public WireAttribute Wire { get; } = property.GetCustomAttribute<WireAttribute>() ?? new WireAttribute();

    /// <summary>Its name in a response, in a JSON body, a header or a query string.</summary>
    public string Name { get; } = property.GetCustomAttribute<WireAttribute>()?.Name ?? service.NameOf(property.Name);

    /// <summary>Its name in a form.</summary>
    public string Sent => Capital(Wire.Name ?? Property);

    /// <summary>The value to send, null for nothing: the property's own, or a new token where one is due.</summary>
    public object? ToSend(object owner) => property.GetValue(owner) ?? (Wire.Token ? Guid.NewGuid().ToString() : null);

    public void Set(object owner, object? value) => property.SetValue(owner, value);

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}

/// <summary>The wire members of one class, read from it once.</summary>
internal sealed class Shape
{
    private static readonly ConcurrentDictionary<Type, Shape> Known = new();

    private readonly Dictionary<string, Member> byName;
    private readonly Type type;

    private Shape(Type type, ServiceDefinition service)
    {
        this.type = type;
        Members = [.. Properties(type).Select(p => new Member(p, service))];
        byName = Members.Where(m => m.Wire.In == Place.Body).ToDictionary(m => m.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<Member> Members { get; }

    public static Shape Of(Type type, ServiceDefinition service) => Known.GetOrAdd(type, static (t, s) => new Shape(t, s), service);

    public object New() => Activator.CreateInstance(type)!;

    public Member? Find(string name) => byName.GetValueOrDefault(name);

    public Member? At(Place place) => Members.FirstOrDefault(m => m.Wire.In == place);

    // What the pipeline's own base classes declare is no part of the message.
    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(p => p.CanWrite && p.GetCustomAttribute<NotOnWireAttribute>() is null);
}

/// <summary>A property that only offers another property's value in another form.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotOnWireAttribute : Attribute;
