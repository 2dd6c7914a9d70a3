using System.Text.Json.Nodes;

namespace ResponseKit.Deploy.Tests.Deployed;

/// <summary>A rule as EventBridge has it.</summary>
public sealed record DeployedRule(string Name, string Pattern, string State)
{
    private static readonly string[] Others = ["ResponseKit-alarms", "ResponseKit-heartbeat", "ResponseKit-key-state"];

    /// <summary>The rules of a bus that wait for events, in their order. Not the one that is a schedule.</summary>
    public static async Task<IReadOnlyList<DeployedRule>> ListAsync(DeployedAccount account, string region, string bus = "default")
    {
        var rules = (await account.AskAsync("AWSEvents.ListRules", new { EventBusName = bus, Limit = 100 }, region))["Rules"]!.AsArray();
        return [.. rules.Where(rule => rule!["ScheduleExpression"] is null).Select(rule => new DeployedRule(Text(rule!, "Name"), Text(rule!, "EventPattern"), Text(rule!, "State")))];
    }

    /// <summary>Those of a region's default bus that send to ResponseKit what detections listen to.</summary>
    public static async Task<IReadOnlyList<DeployedRule>> ForwardingAsync(DeployedAccount account, string region) =>
        [.. (await ListAsync(account, region)).Where(rule => !rule.Name.StartsWith("ResponseKit-changes-", StringComparison.Ordinal) && !Others.Contains(rule.Name))];

    /// <summary>Whether EventBridge says that the pattern accepts an event.</summary>
    public async Task<bool> AcceptsAsync(DeployedAccount account, string envelope) =>
        (await account.AskAsync("AWSEvents.TestEventPattern", new { EventPattern = Pattern, Event = envelope }))["Result"]!.GetValue<bool>();

    private static string Text(JsonNode rule, string name) => rule[name]!.GetValue<string>();
}
