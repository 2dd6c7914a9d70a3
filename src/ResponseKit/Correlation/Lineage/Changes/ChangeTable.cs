using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ResponseKit.Correlation.Lineage.Changes;

/// <summary>
/// The table "detected, then ended or told": for each call that a detection or the lineage listens to, the action that ends what it made or changed, or the
/// command that does. A test holds it complete.
/// </summary>
public static class ChangeTable
{
    private static readonly FrozenDictionary<string, ChangeRule> ById;

    static ChangeTable()
    {
        All = [.. Discovered<IChangeRules>.All.SelectMany(part => part.Rules).OrderBy(rule => rule.Id, StringComparer.Ordinal)];
        ById = All.ToFrozenDictionary(rule => rule.Id, StringComparer.Ordinal);
    }

    /// <summary>Every row, by id.</summary>
    public static ImmutableArray<ChangeRule> All { get; }

    /// <summary>The row of that id; null when there is none, as for a case that another version kept.</summary>
    public static ChangeRule? Find(string id) => ById.GetValueOrDefault(id);
}
