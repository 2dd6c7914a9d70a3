using System.Collections.Immutable;
using ResponseKit.Records;
using ResponseKit.Resources;
using ResponseKit.Text;

namespace ResponseKit.Correlation.Lineage;

/// <summary>
/// Sessions opened by the actor. The link is from the session's key, or from its id where the key is not recorded: a role has many callers. The role
/// itself is only entered: its sessions have to end, even those that have not done anything yet.
/// </summary>
public sealed class StsLineage : ILineageReader
{
    private const string Sts = "sts.amazonaws.com";
    private const int MaxSubject = 300;

    /// <inheritdoc/>
    public ImmutableArray<Selector> Selectors { get; } =
        [Selector.Reads(Sts, "AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "AssumeRoot"), Selector.Writes(Sts, "GetSessionToken", "GetFederationToken")];

    /// <inheritdoc/>
    public IEnumerable<LineageEntry> Read(CloudTrailRecord record) => record.EventName == "AssumeRole" ? record.Entered(record.Request["roleArn"].Text) : [];

    /// <inheritdoc/>
    public IEnumerable<CaseLink> Links(CloudTrailRecord record) =>
        // A session of a federated identity acts in the name of the role that it asked for, and nobody of the account opened it.
        record.EventName is not ("AssumeRoleWithSAML" or "AssumeRoleWithWebIdentity") && ChildOf(record) is { } child
            ? [new CaseLink(child, record.Actor.Key, record.Time) { Kind = LinkKind.Opened, Subject = SubjectOf(record) }]
            : [];

    // Logs that went through something that removes secrets lack the key; the session's own id says as well who it is.
    private static string? ChildOf(CloudTrailRecord record)
    {
        if (record.Response["credentials"]["accessKeyId"].Text is { } key)
            return IamName.IsAccessKeyId(key) ? key : null;
        return record.Response["assumedRoleUser"]["assumedRoleId"].Text is { Length: <= 128 } id && id.StartsWith("AROA", StringComparison.Ordinal)
            && id.Contains(':', StringComparison.Ordinal) && id == Printable.Of(id, 128)
            ? id
            : null;
    }

    private static string? SubjectOf(CloudTrailRecord record) => record.EventName switch
    {
        "AssumeRole" => Printable.Of(
            $"{record.Request["roleArn"].Text} {record.Request["roleSessionName"].Text} {record.Request["sourceIdentity"].Text}", MaxSubject),
        "GetFederationToken" => Printable.Of($"{record.Request["name"].Text}", MaxSubject),
        _ => null,
    };
}
