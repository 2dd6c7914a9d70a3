using System.Collections.Immutable;
using ResponseKit.Detections;

namespace ResponseKit.Correlation.Patterns;

/// <summary>All that there is to know of a pattern besides its rule; the catalogue is made from it.</summary>
/// <param name="Id">Its id, such as <c>pattern.region-sweep</c>.</param>
/// <param name="Title">One line.</param>
/// <param name="Techniques">The ATT&amp;CK techniques it is evidence of.</param>
/// <param name="Why">Why attackers do this, and why others do not.</param>
/// <param name="BenignCauses">Who may do it legitimately.</param>
public sealed record PatternDescriptor(
    string Id, string Title, ImmutableArray<AttackTechnique> Techniques, string Why, ImmutableArray<string> BenignCauses)
{
    /// <summary>What it is evidence of. Most patterns show what nobody else does.</summary>
    public SignalCategory Category { get; init; } = SignalCategory.Novelty;
}
