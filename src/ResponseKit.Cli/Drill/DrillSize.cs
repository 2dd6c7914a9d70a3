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

    /// <summary>So many times the campaign's, and something in each region however small.</summary>
    public static DrillSize Scaled(double scale) => new(Times(52, scale), 10, Times(14, scale), 20, Attacked);

    private static readonly ImmutableArray<string> Attacked = ["us-east-1", "eu-west-1", "ap-southeast-2"];

    /// <summary>The region of the n-th of many things, spread evenly.</summary>
    public string RegionOf(int index) => Regions[index % Regions.Length];

    private static int Times(int count, double scale) => Math.Max(Attacked.Length, (int)Math.Round(count * scale, MidpointRounding.AwayFromZero));
}
