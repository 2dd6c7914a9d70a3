using System.Collections.Immutable;

namespace ResponseKit.Correlation.Lineage.Changes;

/// <summary>Rows of the table of changes, of one service or a few. Classes that implement this are found by themselves.</summary>
public interface IChangeRules
{
    /// <summary>The rows.</summary>
    ImmutableArray<ChangeRule> Rules { get; }
}
