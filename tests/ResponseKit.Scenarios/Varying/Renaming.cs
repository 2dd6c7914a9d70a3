using System.Text.RegularExpressions;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Varying;

/// <summary>
/// Other names for the principals of a scenario, everywhere they occur: users, roles, sessions, access keys and unique ids. The names that AWS itself gives stay:
/// service-linked roles, permission sets' roles, root, and the ids of instances, after which sessions are named.
/// </summary>
internal sealed partial class Renaming
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private readonly ulong _seed;
    private readonly Regex _names;

    public Renaming(Scenario scenario, ulong seed)
    {
        _seed = seed;
        var names = scenario.Records.SelectMany(record => NamesIn(record.Json)).Concat(scenario.Attackers.Concat(scenario.Planted).SelectMany(NamesIn))
            .Distinct().Where(IsOurs).OrderByDescending(name => name.Length).ThenBy(name => name, StringComparer.Ordinal);
        // Whole names only. In a percent-encoded document a name follows two hexadecimal digits.
        _names = new($@"(?:(?<=%[0-9A-F]{{2}})|(?<![\w+=@.-]))(?:{string.Join('|', names.Select(Regex.Escape))})(?![\w+=@-]|\.\w)", RegexOptions.CultureInvariant);
    }

    public string Change(string text) => Key().Replace(UniqueId().Replace(_names.Replace(text, match => Named(match.Value)), Numbered), Numbered);

    private string Named(string name) => $"x-{Dice.For($"{_seed} {name}").Text("abcdefghijklmnopqrstuvwxyz", 10)}";

    private string Numbered(Match match) => match.Value[..4] + Dice.For($"{_seed} {match.Value}").Text(Base32, match.Length - 4);

    private static IEnumerable<string> NamesIn(string text)
    {
        foreach (Match match in Principal().Matches(text))
        {
            var parts = match.Groups["path"].Value.Split('/');
            var linked = parts.Any(part => part is "aws-service-role" or "aws-reserved" || part.StartsWith("AWSServiceRoleFor", StringComparison.Ordinal));
            if (match.Groups["kind"].Value == "assumed-role")
            {
                foreach (var part in linked ? [] : parts)
                    yield return part;
            }
            else if (!linked)
            {
                yield return parts[^1];
            }
        }

        foreach (Match match in Name().Matches(text))
            yield return match.Groups["name"].Value;
    }

    private static bool IsOurs(string name) =>
        name.Length > 1 && name != "root" && !name.StartsWith("AWSServiceRoleFor", StringComparison.Ordinal) && !name.StartsWith("AWSReservedSSO_",
            StringComparison.Ordinal) && !Instance().IsMatch(name);

    [GeneratedRegex(@"arn:aws:(?:iam|sts)::\d{12}:(?<kind>user|role|assumed-role|federated-user)/(?<path>[\w+=,.@/-]*[\w+=@-])")]
    private static partial Regex Principal();

    [GeneratedRegex("""
        "(?:userName|roleName)":"(?<name>[\w+=,.@-]+)"
        """)]
    private static partial Regex Name();

    [GeneratedRegex("^i-[0-9a-f]{17}$")]
    private static partial Regex Instance();

    [GeneratedRegex(@"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b")]
    private static partial Regex Key();

    [GeneratedRegex(@"\b(?:AIDA|AROA|AGPA|ANPA|AIPA)[A-Z0-9]{17}\b")]
    private static partial Regex UniqueId();
}
