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
        [Selector.Reads(Sts, "AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "AssumeRoot"), Selector.Writes(Sts, "GetSessionToken", "GetFederationToken")];

    /// <inheritdoc/>
    public IEnumerable<LineageEntry> Read(CloudTrailRecord record) => record.EventName == "AssumeRole" ? record.Entered(record.Request["roleArn"].Text) : [];

    /// <inheritdoc/>
    public IEnumerable<CaseLink> Links(CloudTrailRecord record) =>
        // A session of a federated identity acts in the name of the role that it asked for, and nobody of the account opened it.
        record.EventName is not ("AssumeRoleWithSAML" or "AssumeRoleWithWebIdentity") && record.Response["credentials"]["accessKeyId"].Text is { } key && IamName.IsAccessKeyId(key)
            ? [new CaseLink(key, record.Actor.Key, record.Time)]
            : [];
}
