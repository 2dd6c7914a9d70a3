using System.Collections.Immutable;
using Amazon.CDK;
using Constructs;
using ResponseKit.Deployment;
using ResponseKit.Infra.Events;
using ResponseKit.Infra.Settings;
using ResponseKit.Response;

namespace ResponseKit.Infra.Hub;

/// <summary>
/// The hub: the bus, triage, the functions of steps and actions, the state machine, and all that is kept and told. It knows of members only who may send,
/// and which roles it may assume.
/// </summary>
internal sealed class ResponseHub : Construct
{
    /// <summary>Makes it.</summary>
    /// <param name="scope">The stack, in the home region.</param>
    /// <param name="id">Under which name.</param>
    /// <param name="settings">What is deployed.</param>
    /// <param name="packageFolder">The folder of the functions' package.</param>
    /// <param name="actions">The actions.</param>
    /// <param name="senders">Who may send events.</param>
    /// <param name="reach">Which accounts may be entered.</param>
    public ResponseHub(
        Construct scope, string id, DeploymentSettings settings, string packageFolder, ImmutableArray<ActionDescriptor> actions, BusSenders senders,
        AccountReach reach)
        : base(scope, id)
    {
        var key = new HubKey(this, "Key").Key;
        var plans = FunctionPlan.All(actions);
        var seal = new SealKey(this, "Seal", plans.Select(plan => DeployedNames.Function(plan.Id))).Key;
        var store = new HubStore(this, "Store", key);
        var topics = new HubTopic(this, "Topic", key, settings.Notify, settings.Alarms);
        var undelivered = new LossQueue(
            this, "Undelivered", "undelivered-events",
            "Events reached ResponseKit's bus and could not be handed to triage or to the topic. See docs/deploy.md, \"When an alarm goes off\".");
        var failed = new LossQueue(
            this, "Failed", "failed-invocations",
            "A function failed at an event for good, so it was not looked at. See docs/deploy.md, \"When an alarm goes off\".");
        var bus = new HubBus(this, "Bus", senders, undelivered);
        var shared = new HubShared
        {
            Settings = settings,
            PackageFolder = packageFolder,
            Key = key,
            SealKeyArn = seal.AttrArn,
            Store = store,
            Topics = topics,
            FailedInvocations = failed.Queue,
            StateMachineArn = $"arn:{Here.Partition}:states:{Here.Region}:{Here.Account}:stateMachine:{DeployedNames.StateMachine}",
            Reach = reach,
        };
        Functions = [.. plans.Select(plan => new HubFunction(this, plan, shared))];
        var responses = new ResponseMachine(this, "StateMachine", [.. Functions.Where(function => function.Plan.IsStep)], key);
        var machine = responses.Machine;
        // What CloudFormation and AWS name, only the deployment itself can tell triage.
        Functions[0].Function.AddEnvironment(FunctionVariables.Own, string.Join(' ',
        [
            shared.StateMachineArn, topics.Topic.TopicArn, topics.Alarms.TopicArn, key.KeyArn, seal.AttrArn, store.Table.TableName, store.Evidence.BucketName, undelivered.Queue.QueueName,
            failed.Queue.QueueName, responses.Log.LogGroupName, .. Functions.Select(function => function.Log.LogGroupName),
        ]));
        Functions[0].Function.AddEnvironment(FunctionVariables.Deployers, DeployerRoles.Write(settings));
        bus.SendTo(Functions[0].Function);
        bus.Tell(topics, Deployers.OfHub(settings), key.KeyArn);
        var alarms = new HubAlarms(this, "Alarms", topics);
        foreach (var losses in new[] { undelivered, failed })
            alarms.Tell(losses.Alarm);
        foreach (var function in Functions)
            alarms.Watch(function);
        alarms.WatchTriage(Functions[0]);
        alarms.Watch(machine);
        var sweep = Functions.Single(function => function.Plan.Sweeps);
        alarms.WatchSweep(sweep);
        _ = new SweepSchedule(this, "Sweep", sweep.Function, undelivered);
        alarms.Watch(topics);
        // Where the bill is known.
        if (settings.HomeRegion == "us-east-1")
            alarms.WatchBill();
        _ = new HubDashboard(this, "Dashboard", Functions, machine, [("undelivered events", undelivered), ("failed invocations", failed)]);
        if (settings.TestEvents != TestEventRegistry.Off)
            _ = new ConsoleTestEvents(this, "TestEvents", actions, settings);
        BusArn = bus.Arn;
        Output("Mode", Package.NameOf(settings.Mode), "What ResponseKit may do by itself.");
        Output("Functions", string.Join(",", Functions.Select(function => function.Function.FunctionName)), "The functions: triage, the steps, and one for each action.");
        Output("Bus", DeployedNames.Bus, "The event bus.");
        Output("Table", store.Table.TableName, "The table of incidents, receipts and the kill switch.");
        Output("SealKey", seal.AttrArn, "The key of the seals of what the table holds.");
        Output("Evidence", store.Evidence.BucketName, "The bucket of evidence and reports.");
        Output("StateMachine", machine.AttrArn, "The state machine of responses.");
        Output("Topic", topics.Topic.TopicArn, "The topic of incidents and alarms.");
        Output("AlarmTopic", topics.Alarms.TopicArn, "The second topic, of alarms and of what the first one did not take.");
    }

    /// <summary>The functions, triage first.</summary>
    public ImmutableArray<HubFunction> Functions { get; }

    /// <summary>The bus's ARN.</summary>
    public string BusArn { get; }

    private void Output(string name, string value, string description) =>
        new CfnOutput(this, "Output" + name, new CfnOutputProps { Value = value, Description = description }).OverrideLogicalId(name);
}
