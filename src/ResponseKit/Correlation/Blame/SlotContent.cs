using System.Collections.Immutable;

namespace ResponseKit.Correlation.Blame;

/// <summary>A slot as it is written down.</summary>
/// <param name="Kept">What is kept of it, in the order of time.</param>
/// <param name="Full">The places of observations of whose kind more was done than is kept, one a kind.</param>
public sealed record SlotContent(ImmutableArray<Observation> Kept, ImmutableArray<int> Full)
{
    /// <summary>Whether whole kinds of things were left out.</summary>
    public bool IsCut { get; init; }

    /// <summary>What calls cost of which no more is kept.</summary>
    public ImmutableArray<SpentContent> Spent { get => field.IsDefault ? [] : field; init; } = [];
}
