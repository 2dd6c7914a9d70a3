using System.Collections.Immutable;
using ResponseKit.Detections;

namespace ResponseKit.Correlation.Patterns;

/// <summary>Which signals are about making compute, rather than about looking around or getting in.</summary>
internal static class Compute
{
    private static readonly ImmutableArray<string> Services = ["ec2.", "ecs.", "autoscaling."];

    public static bool Is(Signal signal) => Services.Any(service => signal.DetectionId.StartsWith(service, StringComparison.Ordinal));
}
