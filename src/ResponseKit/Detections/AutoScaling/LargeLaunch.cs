using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.AutoScaling;

/// <summary>Many instances launched at once through an Auto Scaling group, by the call that launches while one waits.</summary>
public sealed class LargeLaunch : IConfiguredDetection
{
    private const int LargeWeight = 15;
    private const int VeryLargeWeight = 25;
    private static readonly Attempt Unrecorded = new(Success: 0, Denied: 5);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "autoscaling.large-launch",
        Title = "Many instances launched through an Auto Scaling group",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CreateCloudInstance, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.AutoScaling, "LaunchInstances")],
        Why = "LaunchInstances is a second way to launch, which rules about RunInstances and about a group's size do not see.",
        BenignCauses = ["Job schedulers and CI systems that fetch workers from a group", "Scaling for a known peak"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        if (!record.Request.IsPresent)
            return Unrecorded.Finding(record, "launched", "launch", "instances through an Auto Scaling group");
        var count = record.Request.Any("requestedCapacity").Number ?? 0;
        if (count < Math.Max(settings.LaunchCount, 1))
            return null;
        var name = record.Request.Any("autoScalingGroupName").Text;
        var what = string.Create(CultureInfo.InvariantCulture, $"{count} instances through the Auto Scaling group {Plain.Name(name)}");
        return Attempt.Third(count >= 5L * settings.LaunchCount ? VeryLargeWeight : LargeWeight).Finding(record, "launched", "launch", what)
            ?.With("autoScalingGroupName", name)
            .With("count", count.ToString(CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a hundred instances", EventSources.AutoScaling, "LaunchInstances",
            """{"autoScalingGroupName":"workers","requestedCapacity":100,"clientToken":"t","availabilityZones":["us-east-1a"]}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.AutoScaling, "LaunchInstances", errorCode: "AccessDenied"),
        DetectionExample.Ignore("two instances", EventSources.AutoScaling, "LaunchInstances", """{"autoScalingGroupName":"workers","requestedCapacity":2}"""),
    ];
}
