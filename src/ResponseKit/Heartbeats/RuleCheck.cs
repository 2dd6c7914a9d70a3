using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResponseKit.Heartbeats;

/// <summary>A rule as EventBridge has it.</summary>
/// <param name="State">Its state.</param>
/// <param name="Pattern">Its pattern.</param>
/// <param name="Targets">Its targets: ARN and role.</param>
public sealed record FoundRule(string? State, string? Pattern, ImmutableArray<(string Arn, string? Role)> Targets);

/// <summary>Compares the rules of an account and region with those that were deployed: one that hears less, or sends elsewhere, looks healthy.</summary>
public static class RuleCheck
{
    private const int MostNamed = 10;

    /// <summary>What differs, in words for a person; null when nothing does.</summary>
    /// <param name="deployed">The rules that were deployed there, each with where it leads, in whatever order.</param>
    /// <param name="found">The rules that are there, by name.</param>
    public static string? Differences(
        IEnumerable<(DeployedRule Rule, ImmutableArray<(string Arn, string? Role)> Targets)> deployed, IReadOnlyDictionary<string, FoundRule> found)
    {
        var differences = deployed.OrderBy(one => one.Rule.Name, StringComparer.Ordinal)
            .Select(one => Difference(one.Rule, one.Targets, found.GetValueOrDefault(one.Rule.Name))).OfType<string>().ToList();
        return differences.Count switch
        {
            0 => null,
            <= MostNamed => string.Join("; ", differences),
            _ => $"{string.Join("; ", differences.Take(MostNamed))}; and {differences.Count - MostNamed} more rules",
        };
    }

    private static string? Difference(DeployedRule deployed, ImmutableArray<(string Arn, string? Role)> targets, FoundRule? found) => found switch
    {
        null => $"the rule {deployed.Name} is gone",
        _ when found.State != deployed.State => $"the rule {deployed.Name} is {found.State ?? "in no state"} instead of {deployed.State}",
        _ when !IsSame(deployed.Pattern, found.Pattern) => $"the rule {deployed.Name} has another pattern",
        _ when found.Targets.Order().SequenceEqual(targets.Order()) => null,
        _ => $"the rule {deployed.Name} has other targets",
    };

    private static bool IsSame(string deployed, string? found)
    {
        try
        {
            return found is not null && JsonNode.DeepEquals(JsonNode.Parse(deployed), JsonNode.Parse(found));
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
