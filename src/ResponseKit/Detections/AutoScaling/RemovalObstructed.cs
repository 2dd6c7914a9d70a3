using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.AutoScaling;

/// <summary>A setting that keeps an Auto Scaling group, or its instances, from being removed.</summary>
public sealed class RemovalObstructed : IDetection
{
    private const int Weight = 15;
    private const int MildWeight = 10;

    // A hook's timeout may be up to two hours a heartbeat; ordinary shutdown work asks for minutes.
    private const int LongTimeoutSeconds = 7200;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "autoscaling.removal-obstructed",
        Title = "Auto Scaling group or its instances protected from removal",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.ModifyComputeConfigurations],
        Selectors =
        [
            Selector.Writes(
                EventSources.AutoScaling, "SuspendProcesses", "SetInstanceProtection", "CreateAutoScalingGroup", "UpdateAutoScalingGroup", "PutLifecycleHook"),
        ],
        Why = "Scaling a group to zero is the quickest way to stop it. A suspended Terminate process, scale-in protection, deletion protection and "
            + "termination hooks each keep instances running in spite of it.",
        BenignCauses = ["Deployments that suspend processes for a while", "ECS managed termination protection, which protects instances that run tasks", "Job workers that protect themselves while busy"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (Obstacle(record) is not var (weight, did, todo, what))
            return null;
        var name = record.Request["autoScalingGroupName"].Text;
        return Attempt.Third(weight).Finding(record, did, todo, $"{what} of the Auto Scaling group {Plain.Name(name)}")
            ?.With("autoScalingGroupName", name)
            .With("obstacle", what);
    }

    private static (int Weight, string Did, string Todo, string What)? Obstacle(CloudTrailRecord record)
    {
        var request = record.Request;
        return record.EventName switch
        {
            "SuspendProcesses" when Suspends(request) => (Weight, "suspended", "suspend", "the termination process"),
            "SetInstanceProtection" when request["protectedFromScaleIn"].Flag is true => (MildWeight, "set", "set", "scale-in protection on instances"),
            "PutLifecycleHook" when request["lifecycleTransition"].Text == "autoscaling:EC2_INSTANCE_TERMINATING"
                && request["heartbeatTimeout"].Number >= LongTimeoutSeconds => (MildWeight, "set", "set", "a termination hook that holds instances for hours"),
            "CreateAutoScalingGroup" or "UpdateAutoScalingGroup" => GroupSetting(request),
            _ => null,
        };
    }

    // No list means every process: Amazon EC2 Auto Scaling API Reference, "SuspendProcesses".
    private static bool Suspends(Field request) =>
        request["autoScalingGroupName"].IsPresent
        && (!request["scalingProcesses"].Items.Any() || request["scalingProcesses"].Items.Any(process => process.Text == "Terminate"));

    private static (int Weight, string Did, string Todo, string What)? GroupSetting(Field request)
    {
        if (request["deletionProtection"].Text is { } protection && protection.StartsWith("prevent", StringComparison.Ordinal))
            return (Weight, "set", "set", "deletion protection");
        if (request["instanceLifecyclePolicy"]["retentionTriggers"]["terminateHookAbandon"].Text == "retain")
            return (Weight, "set", "set", "the keeping of instances whose termination hook fails");
        if (request["newInstancesProtectedFromScaleIn"].Flag is true)
            return (MildWeight, "set", "set", "scale-in protection for new instances");
        return null;
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("termination suspended", EventSources.AutoScaling, "SuspendProcesses",
            """{"autoScalingGroupName":"workers","scalingProcesses":["HealthCheck","Terminate"]}"""),
        DetectionExample.Match("everything suspended", EventSources.AutoScaling, "SuspendProcesses", """{"autoScalingGroupName":"workers"}"""),
        DetectionExample.Match("instances protected", EventSources.AutoScaling, "SetInstanceProtection",
            """{"autoScalingGroupName":"workers","instanceIds":["i-0a1b2c3d4e5f60718"],"protectedFromScaleIn":true}"""),
        DetectionExample.Match("a group whose new instances are protected", EventSources.AutoScaling, "CreateAutoScalingGroup",
            """{"autoScalingGroupName":"workers","minSize":1,"maxSize":2,"newInstancesProtectedFromScaleIn":true}"""),
        DetectionExample.Match("deletion protection", EventSources.AutoScaling, "UpdateAutoScalingGroup",
            """{"autoScalingGroupName":"workers","deletionProtection":"prevent-all-deletion"}"""),
        DetectionExample.Match("instances kept when their hook fails", EventSources.AutoScaling, "UpdateAutoScalingGroup",
            """{"autoScalingGroupName":"workers","instanceLifecyclePolicy":{"retentionTriggers":{"terminateHookAbandon":"retain"}}}"""),
        DetectionExample.Match("a long termination hook", EventSources.AutoScaling, "PutLifecycleHook",
            """
            {"autoScalingGroupName":"workers","lifecycleHookName":"h","lifecycleTransition":"autoscaling:EC2_INSTANCE_TERMINATING",
            "heartbeatTimeout":7200}
            """),
        DetectionExample.Ignore("launching suspended, as responders do", EventSources.AutoScaling, "SuspendProcesses",
            """{"autoScalingGroupName":"workers","scalingProcesses":["Launch","AZRebalance"]}"""),
        DetectionExample.Ignore("protection taken off", EventSources.AutoScaling, "SetInstanceProtection",
            """{"autoScalingGroupName":"workers","instanceIds":["i-0a1b2c3d4e5f60718"],"protectedFromScaleIn":false}"""),
        DetectionExample.Ignore("deletion protection taken off", EventSources.AutoScaling, "UpdateAutoScalingGroup",
            """{"autoScalingGroupName":"workers","deletionProtection":"none","newInstancesProtectedFromScaleIn":false}"""),
        DetectionExample.Ignore("a hook for draining connections", EventSources.AutoScaling, "PutLifecycleHook",
            """
            {"autoScalingGroupName":"workers","lifecycleHookName":"h","lifecycleTransition":"autoscaling:EC2_INSTANCE_TERMINATING",
            "heartbeatTimeout":300}
            """),
    ];
}
