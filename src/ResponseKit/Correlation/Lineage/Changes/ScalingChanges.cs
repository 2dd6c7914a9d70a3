using System.Collections.Immutable;
using ResponseKit.Records;
using ResponseKit.Resources;
using static ResponseKit.Correlation.Lineage.Changes.Row;

namespace ResponseKit.Correlation.Lineage.Changes;

/// <summary>Auto Scaling groups, and what scales by itself.</summary>
public sealed class ScalingChanges : IChangeRules
{
    private const string AutoScaling = EventSources.AutoScaling;

    private static readonly ChangeValue Group = Value("group", "request.autoScalingGroupName");

    private static readonly (ResourceKind, string) OfGroup = (ResourceKind.AutoScalingGroup, "{group}");

    /// <inheritdoc/>
    public ImmutableArray<ChangeRule> Rules { get; } =
    [
        Made(AutoScaling, "Auto Scaling group", "CreateAutoScalingGroup") with
        {
            Actions = ["autoscaling.scale-to-zero", "autoscaling.delete-group"],
            Example = ("""{"autoScalingGroupName":"web","minSize":1,"maxSize":50}""", "{}"),
        },
        Enlarged(AutoScaling, "Auto Scaling group", "UpdateAutoScalingGroup", "SetDesiredCapacity", "LaunchInstances") with
        {
            Label = "{group}",
            Values = [Group],
            About = OfGroup,
            Commands =
            [
                "aws autoscaling describe-scaling-activities --auto-scaling-group-name {group} --max-items 50",
                "aws autoscaling update-auto-scaling-group --auto-scaling-group-name {group} --min-size {least-before} --max-size {most-before} "
                    + "--desired-capacity {desired-before}",
            ],
            Needs = ["autoscaling:DescribeScalingActivities", "autoscaling:UpdateAutoScalingGroup"],
            Note = "The causes that the first command shows say from how many to how many the group went, and which instances it launched.",
            Example = ("""{"autoScalingGroupName":"web","minSize":50,"desiredCapacity":50}""", "{}"),
        },
        Removed(AutoScaling, "instance in an Auto Scaling group", "DetachInstances") with
        {
            Label = "{id} of {group}",
            Values = [Group, Value("id", "request.instanceIds[]")],
            About = OfGroup,
            Commands = ["aws autoscaling attach-instances --auto-scaling-group-name {group} --instance-ids {id}"],
            Needs = ["autoscaling:AttachInstances"],
            Note = "It runs on outside the group. What a group of the actor's launched is terminated (ec2.terminate-instances).",
            Example = ("""{"autoScalingGroupName":"web","instanceIds":["i-0a1b2c3d4e5f60718"],"shouldDecrementDesiredCapacity":true}""", "{}"),
        },
        Made(AutoScaling, "scheduled action of an Auto Scaling group", "PutScheduledUpdateGroupAction") with
        {
            Label = "{group}/{action}",
            Values = [Group, Value("action", "request.scheduledActionName")],
            About = OfGroup,
            Commands = ["aws autoscaling delete-scheduled-action --auto-scaling-group-name {group} --scheduled-action-name {action}"],
            Needs = ["autoscaling:DeleteScheduledAction"],
            Note = "If there was one of that name before, write that one again.",
            Example = ("""{"autoScalingGroupName":"web","scheduledActionName":"nightly","desiredCapacity":50}""", "{}"),
        },
        Made(AutoScaling, "scheduled action of an Auto Scaling group", "BatchPutScheduledUpdateGroupAction") with
        {
            Label = "{group}/{action}",
            Values = [Group, Value("action", "request.scheduledUpdateGroupActions[].scheduledActionName")],
            About = OfGroup,
            Commands = ["aws autoscaling delete-scheduled-action --auto-scaling-group-name {group} --scheduled-action-name {action}"],
            Needs = ["autoscaling:DeleteScheduledAction"],
            Note = "If there was one of that name before, write that one again.",
            Example = ("""{"autoScalingGroupName":"web","scheduledUpdateGroupActions":[{"scheduledActionName":"nightly","desiredCapacity":50}]}""", "{}"),
        },
        Made(AutoScaling, "launch configuration", "CreateLaunchConfiguration") with
        {
            Label = "{name}",
            Values = [Value("name", "request.launchConfigurationName")],
            Commands =
            [
                "aws autoscaling describe-launch-configurations --launch-configuration-names {name}",
                "aws autoscaling delete-launch-configuration --launch-configuration-name {name}",
            ],
            Needs = ["autoscaling:DescribeLaunchConfigurations", "autoscaling:DeleteLaunchConfiguration"],
            Note = "Keep what the first command shows: its start-up script is evidence. It costs nothing by itself.",
            Example = ("""{"launchConfigurationName":"web","instanceType":"g5.12xlarge"}""", "{}"),
        },
        Altered(AutoScaling, "process of an Auto Scaling group", "SuspendProcesses") with
        {
            Label = "{group}: {process}",
            Values = [Group, Value("process", "request.scalingProcesses[]")],
            About = OfGroup,
            Commands = ["aws autoscaling resume-processes --auto-scaling-group-name {group} --scaling-processes {process}"],
            Needs = ["autoscaling:ResumeProcesses"],
            Note = "Where the record names no process, all are suspended: see with describe-auto-scaling-groups which were before.",
            Example = ("""{"autoScalingGroupName":"web","scalingProcesses":["Terminate","HealthCheck"]}""", "{}"),
        },
        Altered(AutoScaling, "scale-in protection of an instance", "SetInstanceProtection") with
        {
            Label = "{id}",
            When = record => record.Request["protectedFromScaleIn"].Flag == true,
            Values = [Group, Value("id", "request.instanceIds[]")],
            About = OfGroup,
            Commands = ["aws autoscaling set-instance-protection --auto-scaling-group-name {group} --instance-ids {id} --no-protected-from-scale-in"],
            Needs = ["autoscaling:SetInstanceProtection"],
            Example = ("""{"autoScalingGroupName":"web","instanceIds":["i-0a1b2c3d4e5f60718"],"protectedFromScaleIn":true}""", "{}"),
        },
        Made(AutoScaling, "lifecycle hook of an Auto Scaling group", "PutLifecycleHook") with
        {
            Label = "{group}/{hook}",
            Values = [Group, Value("hook", "request.lifecycleHookName")],
            About = OfGroup,
            Commands = ["aws autoscaling delete-lifecycle-hook --auto-scaling-group-name {group} --lifecycle-hook-name {hook}"],
            Needs = ["autoscaling:DeleteLifecycleHook"],
            Note = "If there was one of that name before, write that one again.",
            Example = ("""{"autoScalingGroupName":"web","lifecycleHookName":"wait"}""", "{}"),
        },
        .. from source in new[] { EventSources.ApplicationAutoScaling, EventSources.AutoScaling } select ScalableTarget(source),
    ];

    // CloudTrail has these calls under both names.
    private static ChangeRule ScalableTarget(string source) => Enlarged(source, "scalable target", "RegisterScalableTarget") with
    {
        Label = "{resource}",
        Values =
        [
            Value("namespace", "request.serviceNamespace"), Value("resource", "request.resourceId"), Value("dimension", "request.scalableDimension"),
        ],
        Commands =
        [
            "aws application-autoscaling describe-scalable-targets --service-namespace {namespace} --resource-ids {resource} --scalable-dimension {dimension}",
            "aws application-autoscaling deregister-scalable-target --service-namespace {namespace} --resource-id {resource} --scalable-dimension {dimension}",
        ],
        Needs = ["application-autoscaling:DescribeScalableTargets", "application-autoscaling:DeregisterScalableTarget"],
        Note = "Deregister it if it was made in the incident; if there was one before, register it with its former limits. Do it before what it scales goes to "
            + "zero: its minimum starts it again.",
        Example = ("""{"serviceNamespace":"ecs","resourceId":"service/shop/web","scalableDimension":"ecs:service:DesiredCount","minCapacity":50,"maxCapacity":200}""", "{}"),
    };
}
