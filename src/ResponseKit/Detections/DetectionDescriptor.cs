using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections;

/// <summary>All that there is to know of a detection besides its rule; the catalogue and EventBridge rules are made from it.</summary>
public sealed record DetectionDescriptor
{
    /// <summary>Stable id, <c>service.what</c> in kebab case, such as <c>ec2.launch-dry-run</c>. The class name is the same in Pascal case.</summary>
    public required string Id { get; init; }

    /// <summary>One line, such as "EC2 launch tried out with DryRun".</summary>
    public required string Title { get; init; }

    /// <summary>What kind of evidence it gives.</summary>
    public required SignalCategory Category { get; init; }

    /// <summary>The ATT&amp;CK techniques it is evidence of.</summary>
    public required ImmutableArray<AttackTechnique> Techniques { get; init; }

    /// <summary>The calls it listens to.</summary>
    public required ImmutableArray<Selector> Selectors { get; init; }

    /// <summary>Why attackers do this, in a sentence or two.</summary>
    public required string Why { get; init; }

    /// <summary>Who does this legitimately; shown to the responder who has to decide.</summary>
    public required ImmutableArray<string> BenignCauses { get; init; }

    /// <summary>
    /// Whether principals that the policy file names as deployers do this as their work, so that it is not counted against them.
    /// </summary>
    public bool DeployersMay { get; init; }

    /// <summary>Whether the roles that the policy file names as those that deploy ResponseKit do this as their work, even where it would be decisive.</summary>
    public bool OwnDeployersMay { get; init; }
}
