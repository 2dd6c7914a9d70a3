using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>How policies spell their members.</summary>
internal static class PolicyFields
{
    private const int TextLimit = 1000;

    /// <summary>A member whatever the case of its name: IAM has been seen to take more spellings than it documents.</summary>
    public static Field Ignoring(this Field policy, string name) =>
        policy[name] is { IsPresent: true } exact
            ? exact
            : policy.Members.FirstOrDefault(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>One string or a list of strings, as strings.</summary>
    public static ImmutableArray<string> Texts(this Field field) =>
        field.Text is { } single ? [single] : [.. field.Items.Take(TextLimit).Select(item => item.Text).OfType<string>()];
}
