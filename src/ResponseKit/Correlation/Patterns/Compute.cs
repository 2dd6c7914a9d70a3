using System.Collections.Immutable;
using ResponseKit.Detections;

namespace ResponseKit.Correlation.Patterns;

/// <summary>Which signals are about making compute, rather than about looking around or getting in.</summary>
internal static class Compute
{
    private static readonly ImmutableArray<string> Services = ["ec2.", "ecs.", "autoscaling."];

    public static bool Is(Signal signal) => Services.Any(service => signal.DetectionId.StartsWith(service, StringComparison.Ordinal));

    /// <summary>Whether it tells of compute that somebody keeps from being removed; deleted snapshots and flow logs are something else.</summary>
    public static bool IsProtected(Signal signal) =>
        signal is { Category: SignalCategory.Obstruction, Finding.Damage: null } && Is(signal) && !Destruction.Is(signal) && signal.DetectionId != "ec2.flow-logs-deleted";
}
