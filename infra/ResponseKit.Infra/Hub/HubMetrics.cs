using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.StepFunctions;

namespace ResponseKit.Infra.Hub;

/// <summary>Metrics that alarms and the dashboard show.</summary>
internal static class HubMetrics
{
    /// <summary>One of the state machine's (Step Functions Developer Guide, "Monitoring Step Functions metrics using Amazon CloudWatch").</summary>
    public static Metric OfMachine(CfnStateMachine machine, string name, string statistic = "Sum") => new(new MetricProps
    {
        Namespace = "AWS/States",
        MetricName = name,
        Statistic = statistic,
        Period = Duration.Minutes(5),
        DimensionsMap = new Dictionary<string, string> { ["StateMachineArn"] = machine.AttrArn },
    });
}
