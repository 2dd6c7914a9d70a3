using ResponseKit.Records;

namespace ResponseKit.Correlation.Lineage.Changes;

/// <summary>Short words for the rows of the table.</summary>
internal static class Row
{
    public static ChangeRule Made(string source, string what, params ReadOnlySpan<string> calls) => new(source, [.. calls], ChangeSort.Made, what);

    public static ChangeRule Opened(string source, string what, params ReadOnlySpan<string> calls) => new(source, [.. calls], ChangeSort.Opened, what);

    public static ChangeRule Enlarged(string source, string what, params ReadOnlySpan<string> calls) => new(source, [.. calls], ChangeSort.Enlarged, what);

    public static ChangeRule Altered(string source, string what, params ReadOnlySpan<string> calls) => new(source, [.. calls], ChangeSort.Altered, what);

    public static ChangeRule Removed(string source, string what, params ReadOnlySpan<string> calls) => new(source, [.. calls], ChangeSort.Removed, what);

    public static ChangeValue Value(string name, params ReadOnlySpan<string> paths) => ChangeValue.Of(name, paths);

    /// <summary>
    /// What a person must know of compute that its service can only end by a role that it was given: a role made in the incident is denied everything at once.
    /// </summary>
    public static string EndsByRole(string service, string role) =>
        $"{service} ends them by {role}. If that was made in the incident, it is denied everything: send iam.contain-role that role with the mode revert first, and with the "
        + "mode apply once they are gone.";

    /// <summary>Whether an attribute is set, as EC2 writes it: an object with a value, or the value.</summary>
    public static bool IsSet(Field attribute) => attribute.IsPresent && (attribute["value"].Flag ?? attribute.Flag) != false;
}
