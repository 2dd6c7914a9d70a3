using System.Collections.Immutable;
using ResponseKit.Resources;

namespace ResponseKit.Cli.Drill.Responding;

/// <summary>What a response that may not act wanted to do.</summary>
/// <param name="Targets">What it planned something for.</param>
/// <param name="Failures">What of the planning failed, one line each.</param>
internal sealed record PlannedResponse(ImmutableHashSet<ResourceRef> Targets, ImmutableArray<string> Failures);
