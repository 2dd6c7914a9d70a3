using System.Collections.Immutable;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>What stands on a principal of the brake.</summary>
/// <param name="Facts">The principal.</param>
/// <param name="Inline">The inline policy with the brake's name; empty when there is none, null when it could not be read.</param>
/// <param name="Attached">The ARNs of its managed policies.</param>
/// <param name="Managed">What the own managed policies that are attached to it say, by their ARNs.</param>
internal sealed record BrakeState(PrincipalFacts Facts, string? Inline, IReadOnlyList<string> Attached, ImmutableSortedDictionary<string, BrakeDocument> Managed);
