using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Detections.Ec2;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.AutoScaling;

/// <summary>An Auto Scaling group made large, made larger, or scheduled to become so.</summary>
public sealed class LargeGroup : IConfiguredDetection
{
    private const int LargeWeight = 15;
    private const int VeryLargeWeight = 25;
    private const int HugeWeight = 40;
    private const int AcceleratedWeight = 10;
    private static readonly Attempt Unrecorded = new(Success: 0, Denied: 5);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "autoscaling.large-group",
        Title = "Auto Scaling group created or raised beyond the threshold",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CreateCloudInstance, Techniques.ComputeHijacking],
        Selectors =
        [
            Selector.Writes(
                EventSources.AutoScaling, "CreateAutoScalingGroup", "UpdateAutoScalingGroup", "SetDesiredCapacity", "PutScheduledUpdateGroupAction",
                "BatchPutScheduledUpdateGroupAction"),
        ],
        Why = "A group fills the whole quota by itself and replaces whatever is terminated. The November 2025 campaign made fourteen, from 20 to 999 instances.",
        BenignCauses = ["EKS node groups with a generous maximum", "Scaling for a known peak", "Infrastructure as code"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var (did, todo) = record.EventName == "CreateAutoScalingGroup" ? ("created", "create") : ("set", "set");
        if (!record.Request.IsPresent)
            return Unrecorded.Finding(record, did, todo, "an Auto Scaling group");

        var size = Size(record.Request);
        if (size < settings.AutoScalingGroupSize)
            return null;

        var name = record.Request["autoScalingGroupName"].Text;
        var types = Types(record.Request);
        var accelerated = types.Length > 0 && types.All(InstanceTypes.IsAccelerated) && !types.All(type => InstanceTypes.IsApproved(type, settings));
        var weight = (size >= 25L * settings.AutoScalingGroupSize ? HugeWeight : size >= 5L * settings.AutoScalingGroupSize ? VeryLargeWeight : LargeWeight)
            + (accelerated ? AcceleratedWeight : 0);
        var what = $"the Auto Scaling group {Plain.Name(name)}{(todo == "set" ? " to" : " for")} up to {size.ToString(CultureInfo.InvariantCulture)} instances"
            + (accelerated ? " (accelerated hardware)" : "");
        return Attempt.Third(weight).Finding(record, did, todo, what)
            ?.With("autoScalingGroupName", name)
            .With("size", size.ToString(CultureInfo.InvariantCulture))
            .With("instanceType", types.Length == 0 ? null : string.Join(", ", types));
    }

    // The largest of the sizes that the call sets, now or by schedule.
    private static long Size(Field request) => request["scheduledUpdateGroupActions"].Items.Append(request)
        .SelectMany(sizes => new[] { sizes["minSize"].Number, sizes["maxSize"].Number, sizes["desiredCapacity"].Number })
        .Max() ?? 0;

    private static ImmutableArray<string> Types(Field request) =>
    [
        .. request["mixedInstancesPolicy"]["launchTemplate"]["overrides"].List.Select(item => item["instanceType"].Text).OfType<string>().Distinct().Take(200),
    ];

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a group from 20 to 999", EventSources.AutoScaling, "CreateAutoScalingGroup",
            """{"autoScalingGroupName":"workers","minSize":20,"maxSize":999,"launchTemplate":{"launchTemplateName":"worker"}}"""),
        DetectionExample.Match("a group of accelerated instances", EventSources.AutoScaling, "CreateAutoScalingGroup",
            """
            {"autoScalingGroupName":"workers","minSize":0,"maxSize":20,"mixedInstancesPolicy":{"launchTemplate":{"overrides":[
            {"instanceType":"g5.xlarge"},{"instanceType":"g4dn.xlarge"}]}}}
            """),
        DetectionExample.Match("a group raised", EventSources.AutoScaling, "UpdateAutoScalingGroup", """{"autoScalingGroupName":"web","maxSize":200}"""),
        DetectionExample.Match("a desired size set", EventSources.AutoScaling, "SetDesiredCapacity", """{"autoScalingGroupName":"web","desiredCapacity":60}"""),
        DetectionExample.Match("a rise by schedule", EventSources.AutoScaling, "PutScheduledUpdateGroupAction",
            """{"autoScalingGroupName":"web","scheduledActionName":"night","desiredCapacity":100,"recurrence":"0 1 * * *"}"""),
        DetectionExample.Match("rises by several schedules", EventSources.AutoScaling, "BatchPutScheduledUpdateGroupAction",
            """{"autoScalingGroupName":"web","scheduledUpdateGroupActions":[{"maxSize":2},{"maxSize":"50"}]}"""),
        DetectionExample.Match("a refused attempt whose request is not recorded", EventSources.AutoScaling, "CreateAutoScalingGroup", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a small group", EventSources.AutoScaling, "CreateAutoScalingGroup",
            """{"autoScalingGroupName":"web","minSize":1,"maxSize":4,"launchTemplate":{"launchTemplateName":"web"}}"""),
        DetectionExample.Ignore("a group scaled to nothing", EventSources.AutoScaling, "UpdateAutoScalingGroup",
            """{"autoScalingGroupName":"web","minSize":0,"maxSize":0,"desiredCapacity":0}"""),
        DetectionExample.Ignore("a change of something else", EventSources.AutoScaling, "UpdateAutoScalingGroup",
            """{"autoScalingGroupName":"web","healthCheckType":"ELB"}"""),
    ];
}
