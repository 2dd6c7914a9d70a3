using System.Collections.Immutable;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SNS;
using Constructs;
using ResponseKit.Deployment;
using ResponseKit.Heartbeats;
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

    /// <summary>Sends every record to triage.</summary>
    /// <param name="triage">The function.</param>
    public CfnRule SendTo(Function triage)
    {
        var rule = Rule(HubRules.ToTriage, new CfnRule.TargetProperty { Id = HubRule.Triage, Arn = triage.FunctionArn });
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
        foreach (var rule in HubRules.ToPeople(deployers, keyArn))
            Rule(rule, [.. rule.Rule.Targets.Select(target => ToPeople(target, target == HubRule.People ? topics.Topic : topics.Alarms, rule.Words!.Value))]);
    }

    // EventBridge hands texts over as they are, so that only what the caller could not choose goes into them: no name and no ARN, which a mail program may
    // make a link of.
    private static CfnRule.TargetProperty ToPeople(string id, ITopic topic, (Dictionary<string, string> Paths, string Text) words) => new()
    {
        Id = id,
        Arn = topic.TopicArn,
        InputTransformer = new CfnRule.InputTransformerProperty { InputPathsMap = words.Paths, InputTemplate = $"\"{words.Text}\"" },
    };

    // The bus by its name and not by reference, as rules of other stacks name it; so the order must be told.
    private CfnRule Rule(DescribedRule described, params CfnRule.TargetProperty[] targets)
    {
        var (name, isOnOwnBus) = (described.Rule.Name, described.Rule.IsOnOwnBus);
        if (!isOnOwnBus)
            losses.Accept(name);
        var rule = RuleWithLosses.Rule(
            this, name, described.Description, Patterns.ToObject(described.Rule.Pattern), targets, losses, isOnOwnBus ? DeployedNames.Bus : null);
        rule.State = described.Rule.State;
        if (isOnOwnBus)
            rule.AddDependency(bus);
        return rule;
    }
}
