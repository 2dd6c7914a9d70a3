using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>A fleet that is there already raised to many instances.</summary>
public sealed class FleetEnlarged : IConfiguredDetection
{
    private const int LargeWeight = 15;
    private const int VeryLargeWeight = 20;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.fleet-enlarged",
        Title = "Fleet or Spot fleet raised to many instances",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.ModifyComputeConfigurations, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Ec2, "ModifyFleet", "ModifySpotFleetRequest")],
        Why = "Made small and raised afterwards, a fleet passes the eyes that watch for large launches.",
        BenignCauses = ["Schedulers that size a fleet by their queue: Jenkins, GitLab runners, Deadline", "Scaling for a known peak"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var nested = record.Request.Any("modifyFleetRequest");
        var request = nested.IsObject ? nested : record.Request;
        var size = request.Any("targetCapacity").Number ?? request.Any("targetCapacitySpecification").Any("totalTargetCapacity").Number ?? 0;
        if (size < Math.Max(settings.LaunchCount, 1))
            return null;
        var name = request.Any("fleetId").Text ?? request.Any("spotFleetRequestId").Text;
        var what = string.Create(CultureInfo.InvariantCulture, $"the fleet {Plain.Name(name)} to {size} units of capacity");
        return Attempt.Third(size >= 5L * settings.LaunchCount ? VeryLargeWeight : LargeWeight).Finding(record, "raised", "raise", what)
            ?.With("fleet", name)
            .With("size", size.ToString(CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a fleet of a hundred", EventSources.Ec2, "ModifyFleet",
            """{"ModifyFleetRequest":{"FleetId":"fleet-0a1b2c3d","TargetCapacitySpecification":{"TotalTargetCapacity":100}}}"""),
        DetectionExample.Match("a Spot fleet of twenty", EventSources.Ec2, "ModifySpotFleetRequest",
            """{"spotFleetRequestId":"sfr-0a1b2c3d","targetCapacity":20}"""),
        DetectionExample.Ignore("a fleet of two", EventSources.Ec2, "ModifyFleet",
            """{"ModifyFleetRequest":{"FleetId":"fleet-0a1b2c3d","TargetCapacitySpecification":{"TotalTargetCapacity":2}}}"""),
        DetectionExample.Ignore("a fleet scaled to nothing, as responders do", EventSources.Ec2, "ModifySpotFleetRequest",
            """{"spotFleetRequestId":"sfr-0a1b2c3d","targetCapacity":0}"""),
    ];
}
