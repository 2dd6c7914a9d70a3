using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Correlation.Lineage;

/// <summary>
/// Sessions opened by the actor. What the session does is his by the link from its key: a role has many callers. The role itself is only entered:
/// its sessions have to end, even those that have not done anything yet.
/// </summary>
public sealed class StsLineage : ILineageReader
{
    private const string Sts = "sts.amazonaws.com";

    /// <inheritdoc/>
    public ImmutableArray<Selector> Selectors { get; } =
        [Selector.Reads(Sts, "AssumeRole"), Selector.Writes(Sts, "GetSessionToken", "GetFederationToken")];

    /// <inheritdoc/>
    public IEnumerable<LineageEntry> Read(CloudTrailRecord record) => record.EventName == "AssumeRole" ? record.Entered(record.Request["roleArn"].Text) : [];

    /// <inheritdoc/>
    public IEnumerable<CaseLink> Links(CloudTrailRecord record) =>
        record.Response["credentials"]["accessKeyId"].Text is { } key && IamName.IsAccessKeyId(key)
            ? [new CaseLink(key, record.Actor.Key, record.Time)]
            : [];
}
