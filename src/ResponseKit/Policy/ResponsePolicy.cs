using System.Collections.Immutable;

namespace ResponseKit.Policy;

/// <summary>What the policy file says; this default when it says nothing.</summary>
public sealed record ResponsePolicy
{
    /// <summary>What ResponseKit may do by itself.</summary>
    public ResponseMode Mode { get; init; } = ResponseMode.Observe;

    /// <summary>How evidence adds up.</summary>
    public CorrelationSettings Correlation { get; init; } = new();

    /// <summary>How long what is braked stays so.</summary>
    public BrakeSettings Brake { get; init; } = new();

    /// <summary>Thresholds of the detections.</summary>
    public DetectionSettings Detections { get; init; } = new();

    /// <summary>Whom and what ResponseKit leaves alone.</summary>
    public GuardSettings Guards { get; init; } = new();

    /// <summary>Times in which somebody is expected to do what would else look like an attack.</summary>
    public ImmutableArray<ChangeWindow> ChangeWindows { get; init; } = [];
}
