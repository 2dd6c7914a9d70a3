using System.Collections.Immutable;
using ResponseKit.Resources;

namespace ResponseKit.Policy;

/// <summary>
/// How a deployment tells a function which roles change it, in as few characters as environment variables leave: ARNs with spaces between them, in which
/// <c>{region}</c> stands for each of the regions behind <c>regions=</c>. A star is allowed at the end of a name only where nobody but AWS makes such roles.
/// </summary>
public static class NamedDeployers
{
    private const string Regions = "regions=";
    private const string Region = "{region}";

    /// <summary>The variable's text.</summary>
    public static string Write(IEnumerable<string> roles, IEnumerable<string> regions) => $"{string.Join(' ', roles)} {Regions}{string.Join(',', regions)}";

    /// <summary>The ARNs. Null, and the word at fault, where one is no role's.</summary>
    /// <param name="text">The variable's text.</param>
    /// <param name="wrong">The word that is no ARN of a role.</param>
    public static ImmutableArray<ArnPattern>? Read(string text, out string? wrong)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var regions = words.Where(word => word.StartsWith(Regions, StringComparison.Ordinal)).SelectMany(word => word[Regions.Length..].Split(',')).ToList();
        var roles = ImmutableArray.CreateBuilder<ArnPattern>();
        foreach (var role in words.Where(word => !word.StartsWith(Regions, StringComparison.Ordinal))
            .SelectMany(word => word.Contains(Region, StringComparison.Ordinal) ? regions.Select(region => word.Replace(Region, region, StringComparison.Ordinal)) : [word])
            .Distinct(StringComparer.Ordinal))
        {
            if (PrincipalRule.Responders.Read(role, out _) is not { } pattern)
            {
                wrong = role;
                return null;
            }

            roles.Add(pattern);
        }

        wrong = null;
        return roles.ToImmutable();
    }
}
