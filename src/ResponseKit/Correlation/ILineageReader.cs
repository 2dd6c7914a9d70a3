using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Correlation;

/// <summary>
/// Reads from successful records of one service what the caller made, changed or became. Classes that implement this are found
/// by themselves; their selectors become part of the EventBridge rules.
/// </summary>
public interface ILineageReader
{
    /// <summary>The calls it understands.</summary>
    ImmutableArray<Selector> Selectors { get; }

    /// <summary>The resources of one accepted record whose call took effect. Must not throw whatever the record holds.</summary>
    IEnumerable<LineageEntry> Read(CloudTrailRecord record);

    /// <summary>What else the call made or changed, that a person can end by a command. Must not throw whatever the record holds.</summary>
    IEnumerable<Change> Changes(CloudTrailRecord record) => [];

    /// <summary>Who acts for the caller because of such a record. Must not throw whatever the record holds.</summary>
    IEnumerable<CaseLink> Links(CloudTrailRecord record) => [];
}
