using System.Collections.Immutable;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SNS;
using Constructs;
using ResponseKit.Deployment;
using ResponseKit.Infra.Events;
using ResponseKit.Infra.Settings;
using CfnRule = Amazon.CDK.AWS.Events.CfnRule;

namespace ResponseKit.Infra.Hub;

/// <summary>
/// The bus that accounts and regions send to, who may, and where it leads: records to triage; changes of ResponseKit and alarms of other regions to people.
/// </summary>
internal sealed class HubBus : Construct
{
    private readonly LossQueue losses;
    private readonly CfnEventBus bus;

    /// <summary>Makes the bus.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="id">Under which name.</param>
    /// <param name="senders">Who may send to it.</param>
    /// <param name="losses">Where events go that a target did not take.</param>
    public HubBus(Construct scope, string id, BusSenders senders, LossQueue losses)
        : base(scope, id)
    {
        this.losses = losses;
        bus = new CfnEventBus(this, "Bus", new CfnEventBusProps { Name = DeployedNames.Bus, Description = "CloudTrail records of all accounts and regions that ResponseKit watches." });
        var policy = new CfnEventBusPolicy(this, "Policy", new CfnEventBusPolicyProps
        {
            EventBusName = DeployedNames.Bus,
            StatementId = "Forwarders",
            Statement = senders.ToStatement(bus.AttrArn),
        });
        policy.AddDependency(bus);
        losses.Accept($"{DeployedNames.Bus}/{DeployedNames.Prefix}-*");
    }

    /// <summary>The bus's ARN.</summary>
    public string Arn => bus.AttrArn;

    /// <summary>Sends every record to triage: only AWS can send what begins with <c>aws.</c> (EventBridge API Reference, "PutEvents").</summary>
    /// <param name="triage">The function.</param>
    public CfnRule SendTo(Function triage)
    {
        var rule = Rule(
            "triage", "Hands records to triage.",
            new Dictionary<string, object>
            {
                ["source"] = new object[] { new Dictionary<string, object> { ["prefix"] = "aws." } },
                ["detail-type"] = new object[] { new Dictionary<string, object> { ["anything-but"] = new[] { AlarmPattern.DetailType } } },
            },
            new CfnRule.TargetProperty { Id = "triage", Arn = triage.FunctionArn });
        // The rule for sessions forwards what counts as reads.
        rule.State = RuleWithLosses.WithReads;
        _ = new CfnPermission(this, "InvokeTriage", new CfnPermissionProps
        {
            Action = "lambda:InvokeFunction",
            FunctionName = triage.FunctionArn,
            Principal = "events.amazonaws.com",
            SourceAccount = Here.Account,
            SourceArn = rule.AttrArn,
        });
        return rule;
    }

    /// <summary>Tells people of what the watch in accounts and regions sent.</summary>
    /// <param name="topics">The topics.</param>
    /// <param name="deployers">Whose changes are meant to be, one rule a service for each.</param>
    /// <param name="keyArn">The hub's key.</param>
    public void Tell(HubTopic topics, ImmutableArray<Deployers> deployers, string keyArn)
    {
        foreach (var (at, service, pattern) in deployers.Index().SelectMany(of => ChangePatterns.For(of.Item, keyArn).Select(rule => (of.Index, rule.Service, rule.Pattern))))
        {
            Rule(at == 0 ? $"changes-{service}" : $"changes-{service}-{at + 1}", $"Tells that somebody changed ResponseKit itself ({service}).", Patterns.ToObject(pattern), ToPeople(
                topics,
                new()
                {
                    ["call"] = "$.detail.eventName",
                    ["event"] = "$.detail.eventID",
                    ["account"] = "$.account",
                    ["region"] = "$.region",
                    ["time"] = "$.time",
                },
                "ResponseKit was changed by somebody other than its deployer: <call> in account <account>, region <region>, at <time>. "
                + "Who it was: CloudTrail, event id <event>. If nobody meant to, treat it as part of an attack, and deploy again."));
        }

        // Exact names: anybody can make an alarm that is called ResponseKit and an address to click on.
        object[] alarms = [.. OwnNames.AlarmsOfMembers.Select(name => $"{DeployedNames.Prefix}-{name}")];
        Rule("alarms", "Tells of alarms of all accounts and regions.", AlarmPattern.Of(alarms), ToPeople(
            topics,
            new() { ["alarm"] = "$.detail.alarmName", ["reason"] = "$.detail.state.reason", ["account"] = "$.account", ["region"] = "$.region" },
            "Alarm <alarm> in account <account>, region <region>: <reason>"));
        WatchKey(topics, keyArn);
    }

    // Whoever it was: without its key the hub reads and writes nothing. Past the bus, triage and the topic that the key encrypts.
    private void WatchKey(HubTopic topics, string keyArn)
    {
        var name = $"{DeployedNames.Prefix}-key-state";
        losses.Accept(name);
        _ = RuleWithLosses.Rule(
            this, name, "Tells that the hub's key is taken away, whoever does so.",
            new Dictionary<string, object>
            {
                ["source"] = new object[] { new Dictionary<string, object> { ["prefix"] = "aws." } },
                ["detail-type"] = new object[] { "AWS API Call via CloudTrail" },
                ["detail"] = new Dictionary<string, object>
                {
                    ["eventSource"] = new object[] { "kms.amazonaws.com" },
                    ["eventName"] = new object[] { "DisableKey", "PutKeyPolicy", "RevokeGrant", "ScheduleKeyDeletion" },
                    ["resources"] = new Dictionary<string, object> { ["ARN"] = new object[] { keyArn } },
                },
            },
            [ToPeople(
                topics.Alarms, new() { ["call"] = "$.detail.eventName", ["event"] = "$.detail.eventID", ["time"] = "$.time" },
                "ResponseKit's key: <call> at <time>. Who it was: CloudTrail, event id <event>. Without the key nothing is judged, kept or told any more. If nobody meant to: enable it, cancel its deletion.")],
            losses);
    }

    // EventBridge hands texts over as they are, so that only what the caller could not choose goes into them: no name and no ARN, which a mail program may
    // make a link of.
    private static CfnRule.TargetProperty[] ToPeople(HubTopic topics, Dictionary<string, string> paths, string text) =>
        [ToPeople(topics.Topic, paths, text), ToPeople(topics.Alarms, paths, text, "people-too")];

    private static CfnRule.TargetProperty ToPeople(ITopic topic, Dictionary<string, string> paths, string text, string id = "people") => new()
    {
        Id = id,
        Arn = topic.TopicArn,
        InputTransformer = new CfnRule.InputTransformerProperty { InputPathsMap = paths, InputTemplate = $"\"{text}\"" },
    };

    // The bus by its name and not by reference, as rules of other stacks name it; so the order must be told.
    private CfnRule Rule(string name, string description, object pattern, params CfnRule.TargetProperty[] targets)
    {
        var rule = RuleWithLosses.Rule(this, $"{DeployedNames.Prefix}-{name}", description, pattern, targets, losses, DeployedNames.Bus);
        rule.AddDependency(bus);
        return rule;
    }
}
