using System.Collections.Immutable;
using System.Text.Json;
using ResponseKit.Aws.Heartbeats;
using ResponseKit.Deployment;
using ResponseKit.Heartbeats;
using ResponseKit.Resources;

namespace ResponseKit.Functions.Sweeping;

/// <summary>What the sweep is told of where it must be heard from.</summary>
/// <param name="Home">The region of the functions.</param>
/// <param name="Regions">The regions whose events are forwarded. RESPONSEKIT_REGIONS.</param>
/// <param name="Accounts">The accounts that are always among those watched. RESPONSEKIT_ACCOUNTS.</param>
/// <param name="Units">The organizational units; empty in the scope of one account. RESPONSEKIT_UNITS.</param>
/// <param name="Bus">The ARN of the hub's bus. RESPONSEKIT_BUS.</param>
/// <param name="Rules">The rules that were deployed: <see cref="DeployedRules.FileName"/> in the package.</param>
/// <param name="Hub">Where the hub's own rules lead; null where nothing is known of these.</param>
internal sealed record SweepSettings(
    string Home, ImmutableArray<string> Regions, ImmutableArray<string> Accounts, ImmutableArray<string> Units, string Bus, DeployedRules Rules, HubPlaces? Hub)
{
    /// <summary>Reads them; what is wrong is added to the problems.</summary>
    public static SweepSettings Read(Func<string, string?> variable, string home, List<string> problems)
    {
        var regions = Listed(variable(FunctionVariables.Regions));
        foreach (var region in regions.Where(region => !RegionName.IsValid(region)).DefaultIfEmpty(regions.IsEmpty ? "" : null).OfType<string>())
            problems.Add($"{FunctionVariables.Regions} holds '{region}', which is no region. Accepted: regions with commas between them.");
        var (accounts, units) = (Listed(variable(FunctionVariables.Accounts)), Listed(variable(FunctionVariables.Units)));
        if (accounts.IsEmpty || !accounts.All(AccountId.IsValid))
            problems.Add($"{FunctionVariables.Accounts} is '{variable(FunctionVariables.Accounts)}'. Accepted: ids of accounts with commas between them.");
        var bus = variable(FunctionVariables.Bus) ?? "";
        if (bus.Split(':') is not ["arn", _, "events", { Length: > 0 }, { Length: > 0 }, { Length: > 0 }])
            problems.Add($"{FunctionVariables.Bus} is '{bus}'. Accepted: the ARN of the event bus, such as arn:aws:events:us-east-1:111122223333:event-bus/ResponseKit.");
        var rules = RulesIn(variable(FunctionVariables.Rules), problems);
        return new(home, regions, accounts, units, bus, rules, rules.Hub.IsEmpty ? null : PlacesOf(bus, variable, problems));
    }

    private static HubPlaces PlacesOf(string bus, Func<string, string?> variable, List<string> problems)
    {
        return new(bus, ArnIn(FunctionVariables.Topic), ArnIn(FunctionVariables.AlarmTopic), ArnIn(FunctionVariables.HubKey));

        string ArnIn(string name)
        {
            var value = variable(name) ?? "";
            if (!value.StartsWith("arn:", StringComparison.Ordinal))
                problems.Add($"{name} is '{value}'. Accepted: an ARN, with which the hub's own rules are compared.");
            return value;
        }
    }

    private static ImmutableArray<string> Listed(string? text) => [.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static DeployedRules RulesIn(string? value, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(value))
            return DeployedRules.None;
        var path = Path.Combine(AppContext.BaseDirectory, value);
        try
        {
            return DeployedRules.Read(File.ReadAllText(path));
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            problems.Add($"{FunctionVariables.Rules} names '{path}', which cannot be read ({error.Message}). Accepted: the file that a deployment writes beside the functions.");
            return DeployedRules.None;
        }
    }
}
