using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ResponseKit.Resources;

namespace ResponseKit.Infra.Settings;

/// <summary>Reads what belongs to an organization. Everything that is missing is named at once.</summary>
/// <param name="text">What is given under a key; null when nothing is.</param>
/// <param name="problems">Where to say what is wrong.</param>
internal sealed partial class OrganizationReader(Func<string, string?> text, List<string> problems)
{
    /// <summary>The settings that count for this scope only, and what they accept.</summary>
    public static ImmutableArray<(string Key, string Accepts)> Known { get; } =
    [
        ("organization", "an organization's id, such as o-a1b2c3d4e5"), ("hub", "the id of the security account"), ("management", "the id of the management account"),
        ("units", "organizational units with commas between them, such as ou-ab12-cd34ef56, or the root, such as r-ab12"),
        ("breakglass", "ARNs of roles with commas between them"),
    ];

    private static readonly ImmutableArray<string> Needed = ["organization", "hub", "management", "units"];

    /// <summary>Reads them.</summary>
    /// <param name="home">The home region.</param>
    /// <returns>The settings, or null where something is wrong.</returns>
    public OrganizationSettings? Read(string home)
    {
        if (Arn.PartitionOf(home) == "aws-cn")
        {
            // CloudFormation User Guide, "Prerequisites for stack set operations".
            problems.Add("-c scope=organization: StackSets cannot serve an organization in the regions of China. Accepted there: -c scope=account, in each account.");
            return null;
        }

        var given = Needed.ToDictionary(key => key, text, StringComparer.Ordinal);
        var missing = Known.Where(known => given.TryGetValue(known.Key, out var value) && value is null).ToList();
        if (missing.Count > 0)
            problems.Add($"-c scope=organization also needs {string.Join("; ", missing.Select(known => $"-c {known.Key}= ({known.Accepts})"))}.");
        var settings = new OrganizationSettings
        {
            Id = Matching("organization", given["organization"], OrganizationId().IsMatch),
            Hub = Matching("hub", given["hub"], AccountId.IsValid),
            Management = Matching("management", given["management"], AccountId.IsValid),
            Units = [.. Parts(given["units"]).Select(unit => Matching("units", unit, UnitId().IsMatch))],
            BreakGlass = [.. Parts(text("breakglass")).Select(arn => Matching("breakglass", arn, BreakGlassRole().IsMatch))],
        };
        if (settings.Hub.Length > 0 && settings.Hub == settings.Management)
            problems.Add($"-c hub={settings.Hub}: this is the management account, which should hold as little as can be. Accepted: another account of the organization.");
        return missing.Count == 0 ? settings : null;
    }

    /// <summary>Refuses what would be passed over in silence in the scope of one account.</summary>
    public void RefuseAll()
    {
        foreach (var key in Known.Select(known => known.Key).Where(key => text(key) is not null))
            problems.Add($"-c {key}: this is only for -c scope=organization.");
    }

    private static IEnumerable<string> Parts(string? list) => list?.Split(',', StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal) ?? [];

    private string Matching(string key, string? value, Func<string, bool> isOne)
    {
        if (value is null || isOne(value))
            return value ?? "";
        problems.Add($"-c {key}: '{value}' is none. Accepted: {Known.First(known => known.Key == key).Accepts}{Hint(key)}.");
        return value;
    }

    private static string Hint(string key) => key == "breakglass"
        ? ", each of one account, as arn:aws:iam::111122223333:role/BreakGlass. With * for the account or in the name only below "
          + "role/aws-reserved/sso.amazonaws.com/, where nobody but Identity Center can make a role"
        : "";

    // The forms are those of the Organizations API Reference, "Organization", "OrganizationalUnit" and "Root".
    [GeneratedRegex("^o-[a-z0-9]{10,32}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex OrganizationId();

    [GeneratedRegex("^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex UnitId();

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::([0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+|([0-9]{12}|\*):role/aws-reserved/sso\.amazonaws\.com/[A-Za-z0-9+=.@_/*-]+)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex BreakGlassRole();
}
