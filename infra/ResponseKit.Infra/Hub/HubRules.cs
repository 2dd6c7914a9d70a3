using System.Collections.Immutable;
using System.Text.Json;
using ResponseKit.Deployment;
using ResponseKit.Heartbeats;
using ResponseKit.Infra.Events;
using ResponseKit.Infra.Settings;

namespace ResponseKit.Infra.Hub;

/// <summary>A rule of the hub, before it is one in a template.</summary>
/// <param name="Rule">The rule, with tokens of CDK in its pattern.</param>
/// <param name="Description">What it is for.</param>
internal sealed record DescribedRule(HubRule Rule, string Description)
{
    /// <summary>What people are told, and the parts of an event that stand in it; null where it goes to a function.</summary>
    public (Dictionary<string, string> Paths, string Text)? Words { get; init; }
}

/// <summary>
/// The rules of the hub. Templates are made of them, and so is what the sweep compares with what is there: nothing of it is written twice.
/// </summary>
internal static class HubRules
{
    private const string Enabled = "ENABLED";

    // Whoever is told of a change or an alarm is told by both topics.
    private static readonly ImmutableArray<string> Both = [HubRule.People, HubRule.PeopleToo];

    /// <summary>Hands records to triage: only AWS can send what begins with <c>aws.</c> (EventBridge API Reference, "PutEvents").</summary>
    public static DescribedRule ToTriage { get; } = new(
        // The rule for sessions forwards what counts as reads.
        new HubRule(
            Named("triage"), IsOnOwnBus: true, RuleWithLosses.WithReads,
            $$"""{"source":[{"prefix":"aws."}],"detail-type":[{"anything-but":["{{AlarmPattern.DetailType}}"]}]}""", [HubRule.Triage]),
        "Hands records to triage.");

    /// <summary>Those that tell people of what the watch in accounts and regions sent.</summary>
    /// <param name="deployers">Whose changes are meant to be, one rule a service for each.</param>
    /// <param name="keyArn">The hub's key.</param>
    public static IEnumerable<DescribedRule> ToPeople(ImmutableArray<Deployers> deployers, string keyArn)
    {
        foreach (var (at, service, pattern) in deployers.Index().SelectMany(of => ChangePatterns.For(of.Item, keyArn).Select(rule => (of.Index, rule.Service, rule.Pattern))))
        {
            yield return new(
                new HubRule(Named(at == 0 ? $"changes-{service}" : $"changes-{service}-{at + 1}"), IsOnOwnBus: true, Enabled, pattern, Both),
                $"Tells that somebody changed ResponseKit itself ({service}).")
            {
                Words = (
                    new()
                    {
                        ["call"] = "$.detail.eventName",
                        ["event"] = "$.detail.eventID",
                        ["account"] = "$.account",
                        ["region"] = "$.region",
                        ["time"] = "$.time",
                    },
                    "ResponseKit was changed by somebody other than its deployer: <call> in account <account>, region <region>, at <time>. "
                    + "Who it was: CloudTrail, event id <event>. If nobody meant to, treat it as part of an attack, and deploy again."),
            };
        }

        // Exact names: anybody can make an alarm that is called ResponseKit and an address to click on.
        yield return new(
            new HubRule(Named("alarms"), IsOnOwnBus: true, Enabled, AlarmPattern.Json([.. OwnNames.AlarmsOfMembers.Select(Named)]), Both),
            "Tells of alarms of all accounts and regions.")
        {
            Words = (
                new() { ["alarm"] = "$.detail.alarmName", ["reason"] = "$.detail.state.reason", ["account"] = "$.account", ["region"] = "$.region" },
                "Alarm <alarm> in account <account>, region <region>: <reason>"),
        };
        yield return KeyState(keyArn);
    }

    /// <summary>All of them, as the sweep is told.</summary>
    /// <param name="deployers">Whose changes are meant to be.</param>
    public static ImmutableArray<HubRule> Told(ImmutableArray<Deployers> deployers) =>
    [
        .. ToPeople(deployers, "{key}").Prepend(ToTriage).Select(described => described.Rule with
        {
            Pattern = described.Rule.Pattern
                .Replace(Here.Partition, "{partition}", StringComparison.Ordinal).Replace(Here.Account, "{account}", StringComparison.Ordinal)
                .Replace(Here.Region, "{region}", StringComparison.Ordinal),
        }),
    ];

    private static string Named(string name) => $"{DeployedNames.Prefix}-{name}";

    // Whoever it was: without its key the hub reads and writes nothing. Past the bus, triage and the topic that the key encrypts.
    private static DescribedRule KeyState(string keyArn) => new(
        new HubRule(
            Named("key-state"), IsOnOwnBus: false, Enabled,
            $$$"""
            {"source":[{"prefix":"aws."}],"detail-type":["AWS API Call via CloudTrail"],"detail":{"eventSource":["kms.amazonaws.com"],
            "eventName":["DisableKey","PutKeyPolicy","RevokeGrant","ScheduleKeyDeletion"],"resources":{"ARN":[{{{JsonSerializer.Serialize(keyArn)}}}]} } }
            """,
            [HubRule.PeopleToo]),
        "Tells that the hub's key is taken away, whoever does so.")
    {
        Words = (
            new() { ["call"] = "$.detail.eventName", ["event"] = "$.detail.eventID", ["time"] = "$.time" },
            "ResponseKit's key: <call> at <time>. Who it was: CloudTrail, event id <event>. Without the key nothing is judged, kept or told any more. If nobody meant to: enable it, cancel its deletion."),
    };
}
