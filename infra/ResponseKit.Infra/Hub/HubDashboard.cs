using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using ResponseKit.Deployment;
using ResponseKit.Infra.Events;

namespace ResponseKit.Infra.Hub;

/// <summary>What a responder looks at first: is something going on, does it get through, does anything hold it up.</summary>
internal sealed class HubDashboard : Construct
{
    private const int Half = 12;

    /// <summary>Makes it.</summary>
    public HubDashboard(Construct scope, string id, IReadOnlyList<HubFunction> functions, CfnStateMachine machine, IReadOnlyList<(string Name, LossQueue Losses)> queues)
        : base(scope, id)
    {
        var triage = functions[0].Function;
        var actions = functions.Where(function => function.Plan.Action is not null).ToList();
        var dashboard = new Dashboard(this, "Dashboard", new DashboardProps { DashboardName = DeployedNames.Prefix });
        dashboard.AddWidgets(
            Graph("Verdicts to contain", HubAlarms.Counted(HubAlarms.Responding), HubAlarms.Counted(HubAlarms.NotResponding), HubAlarms.Counted(HubAlarms.KillSwitch)),
            Graph("Responses", HubMetrics.OfMachine(machine, "ExecutionsStarted"), HubMetrics.OfMachine(machine, "ExecutionsSucceeded"),
                HubMetrics.OfMachine(machine, "ExecutionsFailed"), HubMetrics.OfMachine(machine, "ExecutionsAborted")));
        dashboard.AddWidgets(
            Graph("Actions carried out", [.. actions.Select(action => action.Function.MetricInvocations(Named(action)))]),
            Graph("How long a response takes (ms)", HubMetrics.OfMachine(machine, "ExecutionTime", "p50"), HubMetrics.OfMachine(machine, "ExecutionTime", "Maximum")));
        dashboard.AddWidgets(
            Graph("Events at triage", triage.MetricInvocations(Sum()), triage.MetricErrors(Sum()), triage.MetricThrottles(Sum())),
            Graph("How old events are at triage (ms)", OfTriage(triage.FunctionName, "AsyncEventAge", "p50"), OfTriage(triage.FunctionName, "AsyncEventAge", "Maximum"),
                triage.MetricDuration(new MetricOptions { Statistic = "p99" })));
        dashboard.AddWidgets(
            Graph("Lost: messages waiting for a person", [.. queues.Select(queue => queue.Losses.Queue.MetricApproximateNumberOfMessagesVisible(
                new MetricOptions { Label = queue.Name, Statistic = "Maximum" }))]),
            Graph("Errors and throttles of functions",
                [.. functions.Select(function => function.Function.MetricErrors(Named(function))), .. functions.Select(function => function.Function.MetricThrottles(Named(function)))]));
    }

    private static MetricOptions Sum() => new() { Statistic = "Sum", Period = Duration.Minutes(5) };

    private static MetricOptions Named(HubFunction function) => new() { Statistic = "Sum", Period = Duration.Minutes(5), Label = function.Plan.Id };

    private static Metric OfTriage(string function, string name, string statistic) => new(new MetricProps
    {
        Namespace = "AWS/Lambda",
        MetricName = name,
        Statistic = statistic,
        Period = Duration.Minutes(5),
        DimensionsMap = new Dictionary<string, string> { ["FunctionName"] = function },
    });

    private static GraphWidget Graph(string title, params IMetric[] metrics) => new(new GraphWidgetProps { Title = title, Left = metrics, Width = Half });
}
