using System.Collections.Immutable;
using ResponseKit.Detections.Ec2;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.GameLift;

/// <summary>A fleet of game servers, which are EC2 instances in an account of AWS's.</summary>
public sealed class FleetCreated : IConfiguredDetection
{
    private const int OrdinaryWeight = 5;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "gamelift.fleet-created",
        Title = "GameLift fleet created",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CreateCloudInstance, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.GameLift, "CreateFleet", "CreateContainerFleet")],
        Why = "GameLift's machines do not show among the account's instances. An organization without games has no reason for a fleet.",
        BenignCauses = ["A game studio that deploys a new build", "Infrastructure as code for game servers"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        // These fleets only register machines that somebody else runs.
        if (string.Equals(record.Request.Any("computeType").Text, "ANYWHERE", StringComparison.OrdinalIgnoreCase))
            return null;
        var type = record.Request.Any("ec2InstanceType");
        if (!type.IsPresent)
            type = record.Request.Any("instanceType");
        var cost = Machines.Cost([Machines.Group(type, Field.Missing)], settings);
        var name = record.Request.Any("name").Text;
        var what = (name is null ? "a GameLift fleet" : $"the GameLift fleet {Plain.Name(name)}")
            + (type.Text is { Length: > 0 } shown ? $" of {Plain.Name(shown)}" : "");
        return Attempt.Third(OrdinaryWeight + (cost?.Weight ?? 0)).Finding(record, "created", "create", what)
            ?.AllowedBy(cost?.Allowed)
            .With("name", name)
            .With("instanceType", type.Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a fleet", EventSources.GameLift, "CreateFleet",
            """{"name":"servers","buildId":"build-0a1b2c3d","eC2InstanceType":"c5.large","serverLaunchPath":"/local/game/server"}"""),
        DetectionExample.Match("a fleet with graphics cards", EventSources.GameLift, "CreateFleet",
            """{"name":"w","buildId":"build-0a1b2c3d","eC2InstanceType":"g4dn.12xlarge"}"""),
        DetectionExample.Match("a fleet for containers", EventSources.GameLift, "CreateContainerFleet",
            """{"instanceType":"c5.24xlarge","fleetRoleArn":"arn:aws:iam::111122223333:role/gl"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.GameLift, "CreateFleet", errorCode: "AccessDeniedException"),
        DetectionExample.Ignore("machines that run elsewhere", EventSources.GameLift, "CreateFleet", """{"name":"servers","computeType":"ANYWHERE"}"""),
    ];
}
