using ResponseKit.Actors;

namespace ResponseKit.Records;

/// <summary>
/// One CloudTrail event, wherever it came from. Only what ResponseKit looks at is named; everything else stays
/// reachable through <see cref="Root"/>. Field meanings: CloudTrail User Guide, "CloudTrail record contents".
/// A finding of GuardDuty's and a notice of AWS Health's stand here, too, as if they were successful calls of theirs by whom they are about.
/// </summary>
public sealed record CloudTrailRecord
{
    /// <summary>
    /// CloudTrail's own unique id of the event (a GUID); the key by which duplicates are known. For a finding or a notice its id with the time of its
    /// last change.
    /// </summary>
    public required string EventId { get; init; }

    /// <summary>When the call was made, as the service's clock says; when a finding's activity was last seen, or what a notice tells of began.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>
    /// The service that was called, such as <c>ec2.amazonaws.com</c>; <c>aws.guardduty</c> and <c>aws.health</c> for their events. Names repeat across
    /// services; match both.
    /// </summary>
    public required string EventSource { get; init; }

    /// <summary>The API operation, with a version suffix for some services (<c>CreateFunction20150331</c>); for an event its detail-type.</summary>
    public required string EventName { get; init; }

    /// <summary>The region in which the call was recorded (us-east-1 for IAM and other global services).</summary>
    public required string Region { get; init; }

    /// <summary>The account whose trail this is (<c>recipientAccountId</c>): the account that was acted upon.</summary>
    public required string Account { get; init; }

    /// <summary>The principal to hold responsible, derived from <c>userIdentity</c>.</summary>
    public required Actor Actor { get; init; }

    /// <summary>How the call ended.</summary>
    public required CallOutcome Outcome { get; init; }

    /// <summary>The access key id that signed the call (AKIA… long-term, ASIA… temporary); null where none was recorded.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>When the temporary credentials that signed the call were issued; null for long-term keys.</summary>
    public DateTimeOffset? SessionIssued { get; init; }

    /// <summary>Where the call came from: an IP address or an AWS service name.</summary>
    public string? SourceAddress { get; init; }

    /// <summary>The caller's user agent. Chosen by the caller: never a reason to trust.</summary>
    public string? UserAgent { get; init; }

    /// <summary>
    /// Whether the call was made in the management console. AWS writes <c>sessionCredentialFromConsole</c> for it (CloudTrail User Guide, "CloudTrail record contents"); where
    /// that is missing the program's name says so, which a caller can make up: never a reason to trust by itself.
    /// </summary>
    public bool IsFromConsole => Root["sessionCredentialFromConsole"].Text == "true"
        || UserAgent is { } agent && (agent.StartsWith("console.", StringComparison.Ordinal) || agent.StartsWith("Mozilla/", StringComparison.Ordinal) || agent.Contains("signin.amazonaws.com", StringComparison.Ordinal));

    /// <summary>Whether CloudTrail counts the call as a read; null where it was not recorded.</summary>
    public bool? ReadOnly { get; init; }

    /// <summary>The whole record.</summary>
    public required Field Root { get; init; }

    /// <summary>Who called, as CloudTrail wrote it (<c>userIdentity</c>). Missing for findings and notices.</summary>
    public Field Identity { get; init; }

    /// <summary>What was asked. Missing when CloudTrail left it out: on AccessDenied for several services, or when over 100 KB.</summary>
    public Field Request { get; init; }

    /// <summary>What was answered. Missing for reads, for failed calls, for services that answer nothing, or when over 100 KB.</summary>
    public Field Response { get; init; }

    /// <summary>Whether this record is the given call, by service and operation; a version suffix of the operation is ignored.</summary>
    public bool Is(string eventSource, string operation) => EventSource == eventSource && OperationNames.Is(EventName, operation);
}
