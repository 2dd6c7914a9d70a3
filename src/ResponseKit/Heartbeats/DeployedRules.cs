using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResponseKit.Heartbeats;

/// <summary>A rule as it was deployed. In the pattern of the deployment stand <c>{partition}</c>, <c>{account}</c> and <c>{region}</c>.</summary>
public sealed record DeployedRule(string Name, string State, string Pattern);

/// <summary>Rules of some accounts and regions.</summary>
/// <param name="Account">The account; null for all.</param>
/// <param name="Except">Not this account; null for no exception.</param>
/// <param name="Region">The region; null for all.</param>
/// <param name="Rules">The rules.</param>
public sealed record RuleSet(string? Account, string? Except, string? Region, ImmutableArray<DeployedRule> Rules);

/// <summary>All rules that a deployment brings into accounts and regions, as the file that travels in the functions' package.</summary>
/// <param name="sets">The sets; what several say of a place is all there.</param>
/// <param name="hub">The rules of the hub itself.</param>
public sealed class DeployedRules(ImmutableArray<RuleSet> sets, ImmutableArray<HubRule> hub)
{
    /// <summary>The file's name in the package.</summary>
    public const string FileName = "rules.json";

    /// <summary>Nothing is known, so that nothing can be compared.</summary>
    public static DeployedRules None { get; } = new([], []);

    /// <summary>The rules of the hub itself.</summary>
    public ImmutableArray<HubRule> Hub => hub;

    /// <summary>The rules of an account and region.</summary>
    public IEnumerable<DeployedRule> In(string partition, string account, string region) => sets
        .Where(set => (set.Account ?? account) == account && set.Except != account && (set.Region ?? region) == region)
        .SelectMany(set => set.Rules)
        .Select(rule => rule with
        {
            Pattern = rule.Pattern
                .Replace("{partition}", partition, StringComparison.Ordinal).Replace("{account}", account, StringComparison.Ordinal)
                .Replace("{region}", region, StringComparison.Ordinal),
        });

    /// <summary>The file's text.</summary>
    public string Write() => new JsonObject
    {
        ["everywhere"] = new JsonArray([.. sets.Select(set => new JsonObject
        {
            ["account"] = set.Account,
            ["except"] = set.Except,
            ["region"] = set.Region,
            ["rules"] = new JsonArray([.. set.Rules.Select(rule => new JsonObject { ["name"] = rule.Name, ["state"] = rule.State, ["pattern"] = rule.Pattern })]),
        })]),
        ["hub"] = new JsonArray([.. hub.Select(rule => new JsonObject
        {
            ["name"] = rule.Name,
            ["ownBus"] = rule.IsOnOwnBus,
            ["state"] = rule.State,
            ["pattern"] = rule.Pattern,
            ["targets"] = new JsonArray([.. rule.Targets.Select(target => JsonValue.Create(target))]),
        })]),
    }.ToJsonString();

    /// <summary>Reads the file.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static DeployedRules Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        try
        {
            return new(
                [.. document.RootElement.GetProperty("everywhere").EnumerateArray().Select(set => new RuleSet(
                    set.GetProperty("account").GetString(), set.GetProperty("except").GetString(), set.GetProperty("region").GetString(),
                    [.. set.GetProperty("rules").EnumerateArray().Select(rule => new DeployedRule(Text(rule, "name"), Text(rule, "state"), Text(rule, "pattern")))]))],
                [.. document.RootElement.GetProperty("hub").EnumerateArray().Select(rule => new HubRule(
                    Text(rule, "name"), rule.GetProperty("ownBus").GetBoolean(), Text(rule, "state"), Text(rule, "pattern"),
                    [.. rule.GetProperty("targets").EnumerateArray().Select(target => target.GetString() ?? "")]))]);
        }
        catch (Exception error) when (error is InvalidOperationException or KeyNotFoundException)
        {
            throw new JsonException("It is no list of rules as a deployment writes it.", error);
        }
    }

    private static string Text(JsonElement rule, string name) => rule.GetProperty(name).GetString() ?? "";
}
