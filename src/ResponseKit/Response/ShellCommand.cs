using System.Buffers;
using System.Collections.Immutable;
using ResponseKit.Correlation.Lineage.Changes;

namespace ResponseKit.Response;

/// <summary>
/// Writes a command of the AWS command line for a POSIX shell. Names in records are chosen by whoever made the call, who may want a responder to run something
/// else: each word stands in quotes where it holds anything but harmless characters, is never taken for an option, and never for a file or an address to read.
/// </summary>
internal static class ShellCommand
{
    private static readonly SearchValues<char> Harmless = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:@%+,=-");

    private static readonly SearchValues<char> Shorthand = SearchValues.Create("=,[]{}\"'");

    // Services whose calls go to one place of the partition, whatever the region.
    private static readonly string[] Global = ["iam", "organizations", "account"];

    /// <summary>The command with its values; what is not known stands as <c>'{words}'</c>, which AWS refuses.</summary>
    /// <param name="template">The command with <c>{name}</c> for values, and no other words that need quotes.</param>
    /// <param name="values">The values.</param>
    /// <param name="region">The region to add; nothing is added for global services.</param>
    public static string Of(string template, ImmutableSortedDictionary<string, string> values, string region)
    {
        var text = "";
        foreach (var word in template.Split(' '))
        {
            var whole = Template.Fill(word, name => values.TryGetValue(name, out var value) && IsTaken(value, word) ? value : $"{{{name.Replace('-', ' ')}}}");
            // "--name -x" would be read as two options.
            text += text.Length == 0 ? whole : $"{(whole[0] == '-' && word[0] == '{' ? '=' : ' ')}{Quoted(whole)}";
        }

        return Array.Exists(Global, service => template.StartsWith($"aws {service} ", StringComparison.Ordinal)) ? text : $"{text} --region {Quoted(region)}";
    }

    /// <summary>Whether the command holds something that a person has to put in.</summary>
    public static bool HasPlaces(string command) => command.Contains('{', StringComparison.Ordinal);

    private static string Quoted(string word) =>
        word.Length > 0 && !word.AsSpan().ContainsAnyExcept(Harmless) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    // The command line reads file://, fileb:// and, in its first version, addresses, and takes lists and objects for what they are in JSON; within a list such as
    // Name=x,Values=y, signs of its own grammar would make others (AWS CLI User Guide, "Specifying parameter values").
    private static bool IsTaken(string value, string word) =>
        !value.Contains("://", StringComparison.Ordinal) && value[0] is not ('[' or '{' or '@') && (word[0] == '{' || !value.AsSpan().ContainsAny(Shorthand));
}
