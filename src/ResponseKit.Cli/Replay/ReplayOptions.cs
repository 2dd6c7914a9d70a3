using System.Collections.Immutable;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Policy;

namespace ResponseKit.Cli.Replay;

/// <summary>What to replay, and how.</summary>
/// <param name="Paths">Files and folders.</param>
/// <param name="Policy">The policy to judge by.</param>
internal sealed record ReplayOptions(IReadOnlyList<string> Paths, ResponsePolicy Policy)
{
    /// <summary>A second policy to judge by at the same time; null for none.</summary>
    public WhatIf? WhatIf { get; init; }

    /// <summary>What is usual for whom.</summary>
    public Baseline Baseline { get; init; } = Baseline.Empty;

    /// <summary>The file to write what was learned to; null not to learn.</summary>
    public string? LearnTo { get; init; }

    /// <summary>Only records from this time on.</summary>
    public DateTimeOffset From { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Only records before this time.</summary>
    public DateTimeOffset To { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Only incidents in which such an actor took part: a pattern for the ARN, or a part of it.</summary>
    public string? Actor { get; init; }

    /// <summary>Only incidents with at least this verdict: <c>watch</c>, <c>brake</c> or <c>contain</c>.</summary>
    public string LeastVerdict { get; init; } = Verdicts[0];

    /// <summary>The verdicts that are reported, the mildest first.</summary>
    public static ImmutableArray<string> Verdicts { get; } = ["watch", "brake", "contain"];

    /// <summary>Whether records count that only a deployment with <c>reads=on</c> would be brought.</summary>
    public bool Reads { get; init; } = true;

    /// <summary>How many files are read at the same time.</summary>
    public int Parallelism { get; init; } = 1;
}

/// <summary>A policy that differs from the one replayed by.</summary>
/// <param name="Changes">What was changed, as given.</param>
/// <param name="Policy">The policy.</param>
internal sealed record WhatIf(IReadOnlyList<string> Changes, ResponsePolicy Policy);
