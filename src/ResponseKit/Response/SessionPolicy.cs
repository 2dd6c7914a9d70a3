using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ResponseKit.Response;

/// <summary>
/// Makes the IAM session policy that narrows the responder role to what one phase of one action declares, so that a plan cannot write
/// whatever the role may do. A session has what both the role and this policy allow (IAM User Guide, "Session policies").
/// </summary>
public static class SessionPolicy
{
    /// <summary>
    /// How many characters STS takes in <c>AssumeRole</c>'s <c>Policy</c> (STS API Reference, "AssumeRole").
    /// </summary>
    public const int MaxLength = 2048;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The policy document, without spaces, in an order of its own, so that equal permissions give equal documents. No permissions at all give a
    /// document that denies everything.
    /// </summary>
    /// <exception cref="SessionPolicyTooLongException">The document would be longer than <see cref="MaxLength"/>.</exception>
    public static string For(ImmutableArray<Permission> permissions, string partition, string account, string region)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            json.WriteString("Version", "2012-10-17");
            json.WriteStartArray("Statement");
            if (permissions.IsDefaultOrEmpty)
                Write(json, "Deny", ["*"], ["*"]);
            foreach (var (actions, resources) in Grouped([.. permissions.Where(IsFree)], partition, account, region))
                Write(json, "Allow", actions, resources);
            foreach (var (actions, resource, narrowed, policies) in Narrowed([.. permissions.Where(permission => !IsFree(permission))], partition, account, region))
                Write(json, "Allow", actions, [resource], narrowed, policies);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        var document = Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
        return document.Length <= MaxLength ? document : throw new SessionPolicyTooLongException(permissions, document.Length);
    }

    /// <summary>One statement a resource; resources that allow the same actions share theirs.</summary>
    private static IEnumerable<(IReadOnlyList<string> Actions, IReadOnlyList<string> Resources)> Grouped(
        ImmutableArray<Permission> permissions, string partition, string account, string region) =>
        from resource in permissions.Distinct().GroupBy(permission => permission.ResourceIn(partition, account, region), StringComparer.Ordinal)
        let actions = resource.Select(permission => permission.Action).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList()
        group (resource.Key, actions) by string.Join(' ', actions) into statement
        orderby statement.Key
        select ((IReadOnlyList<string>)statement.First().actions, (IReadOnlyList<string>)[.. statement.Select(one => one.Key).Order(StringComparer.Ordinal)]);

    private static bool IsFree(Permission permission) => permission.OnlyPolicies.IsEmpty;

    /// <summary>One statement for the calls that a condition narrows to the same policies.</summary>
    private static IEnumerable<(IReadOnlyList<string> Actions, string Resource, Permission Narrowed, IReadOnlyList<string> Policies)> Narrowed(
        ImmutableArray<Permission> permissions, string partition, string account, string region) =>
        from permission in permissions
        let policies = permission.PoliciesIn(partition, account, region)
        group permission by (Resource: permission.ResourceIn(partition, account, region), permission.PolicyKey, Policies: string.Join(' ', policies)) into same
        orderby same.Key.PolicyKey, same.Key.Resource, same.Key.Policies
        select (
            (IReadOnlyList<string>)[.. same.Select(permission => permission.Action).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            same.Key.Resource, same.First(), (IReadOnlyList<string>)same.First().PoliciesIn(partition, account, region));

    private static void Write(
        Utf8JsonWriter json, string effect, IReadOnlyList<string> actions, IReadOnlyList<string> resources, Permission? narrowed = null, IReadOnlyList<string>? values = null)
    {
        json.WriteStartObject();
        json.WriteString("Effect", effect);
        WriteOneOrMany(json, "Action", actions);
        WriteOneOrMany(json, "Resource", resources);
        if (narrowed is not null && values is not null)
        {
            json.WriteStartObject("Condition");
            json.WriteStartObject(narrowed.PolicyOperator);
            WriteOneOrMany(json, narrowed.PolicyKey, values);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteOneOrMany(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 1)
        {
            json.WriteString(name, values[0]);
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
