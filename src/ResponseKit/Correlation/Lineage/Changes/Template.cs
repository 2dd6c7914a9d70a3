using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace ResponseKit.Correlation.Lineage.Changes;

/// <summary>Texts with <c>{name}</c> for a value.</summary>
public static partial class Template
{
    /// <summary>The names that the text asks for.</summary>
    public static IEnumerable<string> NamesIn(string template) => Place().Matches(template).Select(match => match.Groups["name"].Value);

    /// <summary>The text filled in; null where a value is missing.</summary>
    public static string? Fill(string template, ImmutableSortedDictionary<string, string> values) =>
        NamesIn(template).All(values.ContainsKey) ? Fill(template, name => values[name]) : null;

    /// <summary>The text filled in with whatever is given for a name.</summary>
    public static string Fill(string template, Func<string, string> value) => Place().Replace(template, match => value(match.Groups["name"].Value));

    // Milliseconds; templates are short, and written by us.
    private const int Patience = 1_000;

    [GeneratedRegex(@"\{(?<name>[a-z][a-z0-9-]*)\}", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Place();
}
