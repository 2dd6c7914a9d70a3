using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Correlation.Lineage;

/// <summary>
/// Sessions opened by the actor. A session makes no resource; the link from its key is what counts: a role has many callers, and only
/// what this one's session does is his.
/// </summary>
public sealed class StsLineage : ILineageReader
{
    private const string Sts = "sts.amazonaws.com";

    /// <inheritdoc/>
    public ImmutableArray<Selector> Selectors { get; } =
        [Selector.Reads(Sts, "AssumeRole"), Selector.Writes(Sts, "GetSessionToken", "GetFederationToken")];

    /// <inheritdoc/>
    public IEnumerable<LineageEntry> Read(CloudTrailRecord record) => [];

    /// <inheritdoc/>
    public IEnumerable<CaseLink> Links(CloudTrailRecord record) =>
        record.Response["credentials"]["accessKeyId"].Text is { } key && IamName.IsAccessKeyId(key)
            ? [new CaseLink(key, record.Actor.Key, record.Time)]
            : [];
}
