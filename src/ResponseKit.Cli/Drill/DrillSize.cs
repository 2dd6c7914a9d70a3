using System.Collections.Immutable;

namespace ResponseKit.Cli.Drill;

/// <summary>How big the attack is. The defaults are those of the campaign of November 2025.</summary>
/// <param name="Clusters">ECS clusters, over all regions.</param>
/// <param name="TasksPerService">Tasks that each cluster's Fargate service runs.</param>
/// <param name="Groups">Auto Scaling groups, over all regions.</param>
/// <param name="GroupMinimum">Each group's minimum and desired size.</param>
/// <param name="Regions">The regions attacked.</param>
internal sealed record DrillSize(int Clusters, int TasksPerService, int Groups, int GroupMinimum, ImmutableArray<string> Regions)
{
    /// <summary>What each group may grow to.</summary>
    public const int GroupMaximum = 999;

    public static DrillSize Scaled(int scale) => new(52 * scale, 10, 14 * scale, 20, ["us-east-1", "eu-west-1", "ap-southeast-2"]);

    /// <summary>The region of the n-th of many things, spread evenly.</summary>
    public string RegionOf(int index) => Regions[index % Regions.Length];
}
