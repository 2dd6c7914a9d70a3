using System.Collections.Immutable;
using ResponseKit.Resources;

namespace ResponseKit.Correlation;

/// <summary>
/// Something that a call made, opened, enlarged or altered, for which the table of changes has a command that ends it. What actions see to is in the lineage.
/// </summary>
/// <param name="Rule">The row of the table.</param>
/// <param name="Account">The account.</param>
/// <param name="Region">The region in which it was recorded.</param>
/// <param name="Values">What the row's commands need, by name; a value that the record does not tell, or that cannot be shown, is missing.</param>
public sealed record Change(string Rule, string Account, string Region, ImmutableSortedDictionary<string, string> Values)
{
    /// <summary>The resource that it belongs to or is; null where it is of a kind that no action knows, or the record does not tell.</summary>
    public ResourceRef? About { get; init; }

    /// <summary>Whether both are the same change.</summary>
    public bool Equals(Change? other) => other is not null && Rule == other.Rule && Account == other.Account && Region == other.Region && About == other.About
        && Values.Count == other.Values.Count && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rule, Account, Region, Values.Count, About);
}
