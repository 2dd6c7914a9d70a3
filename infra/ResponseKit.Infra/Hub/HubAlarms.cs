using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using ResponseKit.Deployment;

namespace ResponseKit.Infra.Hub;

/// <summary>The alarms of the hub. Each tells in its description what it means and what to do.</summary>
internal sealed class HubAlarms : Construct
{
    /// <summary>The namespace of what is counted in logs.</summary>
    public const string LogMetrics = DeployedNames.Prefix;

    /// <summary>How many verdicts to contain started a response.</summary>
    public const string Responding = "Responses";

    /// <summary>How many verdicts to contain started none.</summary>
    public const string NotResponding = "NotResponding";

    /// <summary>How often something was held back by the kill switch.</summary>
    public const string KillSwitch = "KillSwitch";

    /// <summary>How often an action failed.</summary>
    public const string ActionFailed = "ActionsFailed";

    /// <summary>How often an item of the table was read that cannot be verified.</summary>
    public const string Unverified = "StateUnverified";

    /// <summary>How often a process found that it cannot use the seal key.</summary>
    public const string SealKeyUnusable = "SealKeyUnusable";

    private const int QuietHours = 24;
    private const double DollarsInSixHours = 100;
    private readonly SnsAction[] people;

    /// <summary>Makes them.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="id">Under which name.</param>
    /// <param name="topics">Whom they tell: each by both.</param>
    public HubAlarms(Construct scope, string id, HubTopic topics)
        : base(scope, id) => people = [new SnsAction(topics.Topic), new SnsAction(topics.Alarms)];

    /// <summary>Has an alarm tell people.</summary>
    public void Tell(Alarm alarm) => alarm.AddAlarmAction(people);

    /// <summary>A function that fails or is throttled.</summary>
    public void Watch(HubFunction function)
    {
        Make($"{function.Plan.Id.Replace('.', '-')}-failing", $"The function {DeployedNames.Function(function.Plan.Id)} fails or is throttled. Its log tells why.", new MathExpression(new MathExpressionProps
        {
            Expression = "FILL(errors, 0) + FILL(throttles, 0)",
            Label = "Errors and throttles",
            Period = Duration.Minutes(5),
            UsingMetrics = new Dictionary<string, IMetric>
            {
                ["errors"] = function.Function.MetricErrors(new MetricOptions { Period = Duration.Minutes(5), Statistic = "Sum" }),
                ["throttles"] = function.Function.MetricThrottles(new MetricOptions { Period = Duration.Minutes(5), Statistic = "Sum" }),
            },
        }));
        Count(function, KillSwitch, LogWords.KillSwitch);
        Count(function, ActionFailed, LogWords.ActionFailed);
        Count(function, Unverified, LogWords.Unverified);
        Count(function, SealKeyUnusable, LogWords.SealKeyUnusable);
    }

    /// <summary>Triage: that it is not silent, and what becomes of its verdicts.</summary>
    public void WatchTriage(HubFunction triage)
    {
        Count(triage, Responding, LogWords.Responding);
        Count(triage, NotResponding, LogWords.NotResponding);
        Count(triage, "Thinned", LogWords.Thinned);
        Make(
            "flood", "Somebody does so much that not all of it is kept as evidence: see triage.thinned in the log of triage for whom. It may be noise for something else to hide in.",
            Counted("Thinned"));
        Count(triage, "Rejected", LogWords.Rejected);
        Make(
            "rejected", "Triage received an event that did not come from AWS or that it cannot parse: triage.rejected in its log says why. Somebody may be trying out forged events, or AWS "
            + "writes records in a new way, and then what they report is not seen.",
            Counted("Rejected"));
        Make("not-responding", "Somebody must be contained and no response was started. The log of triage tells why; contain the actor with the action functions.", Counted(NotResponding));
        Make("kill-switch", "Something was not done because the kill switch is on: responsekit control shows who set it and why.", Counted(KillSwitch));
        Make(
            "state-unverified", "Something in the table is not as ResponseKit wrote it. The functions' logs name it (state.unverified), CloudTrail's data events who wrote it. Nothing is done by it.",
            Counted(Unverified));
        Make(
            "seal-key", "The seal key cannot be used, so nothing in the table can be verified. Identities are still contained, everything else is held. See who changed the key, and enable it.",
            Counted(SealKeyUnusable));
        Make(
            "action-failed", "Something of a response was not done: AWS refused it, the account could not be entered, or an identity was not found. The log of the action's "
            + "function says which (action.failed). The response tries again; do not wait for it where an identity is concerned.",
            Counted(ActionFailed));
        // A trail that was stopped and rules that were deleted look just like this.
        _ = Alarm("quiet", $"No event has reached triage in {QuietHours} hours. See whether a trail logs, and the rules are there and enabled, in each region.", new AlarmProps
        {
            Metric = triage.Function.MetricInvocations(new MetricOptions { Period = Duration.Hours(1), Statistic = "Sum" }),
            ComparisonOperator = ComparisonOperator.LESS_THAN_THRESHOLD,
            Threshold = 1,
            EvaluationPeriods = QuietHours,
            TreatMissingData = TreatMissingData.BREACHING,
        });
    }

    /// <summary>The sweep: that nothing is silent, and that it is not silent itself.</summary>
    public void WatchSweep(HubFunction sweep)
    {
        Count(sweep, "Silent", LogWords.Silent);
        Count(sweep, "Swept", LogWords.Swept);
        Make("silent", "From some accounts and regions no heartbeat comes back, or their rules or the hub's own are not as deployed, so what is done there may not be seen, or not told. The notice and the log of ResponseKit-sweep say where.", Counted("Silent"));
        _ = Alarm("sweep-missing", "Nobody has asked accounts and regions for heartbeats, so silence would not be told. See the log of ResponseKit-sweep, and whether the rule ResponseKit-sweep is there and enabled.", new AlarmProps
        {
            Metric = new Metric(new MetricProps { Namespace = LogMetrics, MetricName = "Swept", Statistic = "Sum", Period = Duration.Minutes(30) }),
            ComparisonOperator = ComparisonOperator.LESS_THAN_THRESHOLD,
            Threshold = 1,
            EvaluationPeriods = 1,
            TreatMissingData = TreatMissingData.BREACHING,
        });
    }

    /// <summary>Responses that break off.</summary>
    public void Watch(CfnStateMachine machine) => Make(
        "response-failed", "The execution of a response failed, timed out, was throttled or was stopped. What was done stands; the execution's history tells what failed. The actor's next event starts it again.",
        new MathExpression(new MathExpressionProps
        {
            Expression = "FILL(failed, 0) + FILL(late, 0) + FILL(throttled, 0) + FILL(stopped, 0)",
            Label = "Responses that broke off",
            Period = Duration.Minutes(5),
            UsingMetrics = new Dictionary<string, IMetric>
            {
                ["failed"] = HubMetrics.OfMachine(machine, "ExecutionsFailed"),
                ["late"] = HubMetrics.OfMachine(machine, "ExecutionsTimedOut"),
                ["throttled"] = HubMetrics.OfMachine(machine, "ExecutionThrottled"),
                ["stopped"] = HubMetrics.OfMachine(machine, "ExecutionsAborted"),
            },
        }));

    /// <summary>Notices that SNS could not hand over, on either topic.</summary>
    public void Watch(HubTopic topics) => Make(
        "notices-failed", "SNS could not hand a notice or an alarm over, so somebody was not told. See the topic's subscriptions, and whether its key is enabled.",
        new MathExpression(new MathExpressionProps
        {
            Expression = "FILL(first, 0) + FILL(second, 0)",
            Label = "Notices not handed over",
            Period = Duration.Minutes(5),
            UsingMetrics = new Dictionary<string, IMetric>
            {
                ["first"] = topics.Topic.MetricNumberOfNotificationsFailed(new MetricOptions { Period = Duration.Minutes(5), Statistic = "Sum" }),
                ["second"] = topics.Alarms.MetricNumberOfNotificationsFailed(new MetricOptions { Period = Duration.Minutes(5), Statistic = "Sum" }),
            },
        }));

    /// <summary>
    /// The bill, which AWS reckons every six hours or so and keeps in us-east-1 only, where billing alerts are switched on (CloudWatch User Guide, "Create a
    /// billing alarm to monitor your estimated AWS charges").
    /// </summary>
    public void WatchBill() => Make(
        "bill", $"The bill grew by more than {DollarsInSixHours} USD within six hours. See Cost Explorer for the service and region.",
        new MathExpression(new MathExpressionProps
        {
            Expression = "DIFF(charges)",
            Label = "USD in six hours",
            Period = Duration.Hours(6),
            UsingMetrics = new Dictionary<string, IMetric>
            {
                ["charges"] = new Metric(new MetricProps
                {
                    Namespace = "AWS/Billing",
                    MetricName = "EstimatedCharges",
                    Statistic = "Maximum",
                    Period = Duration.Hours(6),
                    DimensionsMap = new Dictionary<string, string> { ["Currency"] = "USD" },
                }),
            },
        }),
        DollarsInSixHours);

    /// <summary>What was counted in logs.</summary>
    public static Metric Counted(string name) =>
        new(new MetricProps { Namespace = LogMetrics, MetricName = name, Statistic = "Sum", Period = Duration.Minutes(5) });

    // Quoted terms find the words wherever they stand in a line (CloudWatch Logs User Guide, "Filter pattern syntax"): the line is JSON behind the runtime's own words.
    private static void Count(HubFunction function, string name, string words) => function.Log.AddMetricFilter(name, new MetricFilterOptions
    {
        MetricNamespace = LogMetrics,
        MetricName = name,
        MetricValue = "1",
        FilterPattern = FilterPattern.Literal($"\"{words}\""),
    });

    private void Make(string name, string meaning, IMetric metric, double threshold = 0) => Alarm(name, meaning, new AlarmProps
    {
        Metric = metric,
        ComparisonOperator = ComparisonOperator.GREATER_THAN_THRESHOLD,
        Threshold = threshold,
        EvaluationPeriods = 1,
        TreatMissingData = TreatMissingData.NOT_BREACHING,
    });

    private Alarm Alarm(string name, string meaning, AlarmProps props)
    {
        var alarm = new Alarm(this, name, new AlarmProps
        {
            AlarmName = $"{DeployedNames.Prefix}-{name}",
            AlarmDescription = meaning,
            Metric = props.Metric,
            ComparisonOperator = props.ComparisonOperator,
            Threshold = props.Threshold,
            EvaluationPeriods = props.EvaluationPeriods,
            TreatMissingData = props.TreatMissingData,
        });
        Tell(alarm);
        return alarm;
    }
}
