using System.Collections.Immutable;
using ResponseKit.Policy;

namespace ResponseKit.Cli.Drill.Deploying;

/// <summary>What is deployed into an account of the emulated AWS.</summary>
internal sealed record DeploymentPlan
{
    /// <summary>The regions whose events are forwarded, the home region first.</summary>
    public required ImmutableArray<string> Regions { get; init; }

    /// <summary>What ResponseKit may do by itself.</summary>
    public ResponseMode Mode { get; init; } = ResponseMode.Observe;

    /// <summary>Whether calls that only read are delivered too.</summary>
    public bool Reads { get; init; }

    /// <summary>The policy file's text; null for the one that lies beside cdk.json.</summary>
    public string? Policy { get; init; }
}
