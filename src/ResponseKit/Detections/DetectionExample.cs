namespace ResponseKit.Detections;

/// <summary>A record, as its author wrote it, with what the detection must say of it.</summary>
/// <param name="Name">What it shows, as a clause: "a launch of twenty GPU instances".</param>
/// <param name="Matches">Whether the detection must find something.</param>
/// <param name="EventSource">The called service.</param>
/// <param name="EventName">The operation as CloudTrail spells it, with any version suffix.</param>
/// <param name="Request">The requestParameters as JSON, or null where CloudTrail leaves them out.</param>
/// <param name="ErrorCode">The error code, or null for success.</param>
/// <param name="Response">The responseElements as JSON, or null.</param>
public sealed record DetectionExample(
    string Name, bool Matches, string EventSource, string EventName, string? Request = null, string? ErrorCode = null, string? Response = null)
{
    /// <summary>The account in which examples happen.</summary>
    public const string Account = "111122223333";

    /// <summary>The region in which examples happen.</summary>
    public const string Region = "us-east-1";

    /// <summary>The whole <c>userIdentity</c> as JSON, where the caller is another than the IAM user <c>ci-bot</c>.</summary>
    public string? Identity { get; init; }

    /// <summary>The <c>additionalEventData</c> as JSON, in which sign-ins say most; null for none.</summary>
    public string? Additional { get; init; }

    /// <summary>The <c>sourceIPAddress</c>: an address, or what CloudTrail writes instead of one for calls of AWS's own.</summary>
    public string SourceAddress { get; init; } = "203.0.113.7";

    /// <summary>Whether CloudTrail counts the call as a read.</summary>
    public bool IsRead { get; init; }

    /// <summary>
    /// Whether it is no call but an event that a service sent of itself: the source is <c>aws.guardduty</c> or <c>aws.health</c>, the name the
    /// detail-type, the request the detail.
    /// </summary>
    public bool IsServiceEvent { get; init; }

    /// <summary>The <c>userIdentity</c> of the account's root user, for <see cref="Identity"/>.</summary>
    public const string RootUser =
        $$"""{"type":"Root","principalId":"{{Account}}","arn":"arn:aws:iam::{{Account}}:root","accountId":"{{Account}}","accessKeyId":""}""";

    /// <summary>The <c>userIdentity</c> of a session of the role <c>deploy</c>, for <see cref="Identity"/>.</summary>
    public const string RoleSession = $$"""
        {"type":"AssumedRole","principalId":"AROAEXAMPLEEXAMPLE000:job","arn":"arn:aws:sts::{{Account}}:assumed-role/deploy/job","accountId":"{{Account}}",
        "sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::{{Account}}:role/deploy","accountId":"{{Account}}","userName":"deploy"} } }
        """;

    /// <summary>The <c>userIdentity</c> of a federated session that <c>ci-bot</c> has opened, for <see cref="Identity"/>.</summary>
    public const string FederatedSession = $$"""
        {"type":"FederatedUser","principalId":"{{Account}}:console","arn":"arn:aws:sts::{{Account}}:federated-user/console","accountId":"{{Account}}",
        "sessionContext":{"sessionIssuer":{"type":"IAMUser","arn":"arn:aws:iam::{{Account}}:user/ci-bot","accountId":"{{Account}}","userName":"ci-bot"} } }
        """;

    /// <summary>The service that made the call on the user's behalf, such as <c>eks.amazonaws.com</c>; null where no service stood between.</summary>
    public string? InvokedBy { get; init; }

    /// <summary>A record that must match.</summary>
    public static DetectionExample Match(string name, string eventSource, string eventName, string? request = null, string? errorCode = null, string? response = null) =>
        new(name, true, eventSource, eventName, request, errorCode, response);

    /// <summary>A record that must not match, though a selector accepts it.</summary>
    public static DetectionExample Ignore(string name, string eventSource, string eventName, string? request = null, string? errorCode = null, string? response = null) =>
        new(name, false, eventSource, eventName, request, errorCode, response);

    /// <summary>An event of GuardDuty's or AWS Health's own.</summary>
    public static DetectionExample Event(string name, bool matches, string source, string detailType, string detail) =>
        new(name, matches, source, detailType, detail) { IsServiceEvent = true };

    private string User => $$"""
        {"type":"IAMUser","principalId":"AIDAEXAMPLEEXAMPLE000","arn":"arn:aws:iam::{{Account}}:user/ci-bot",
        "accountId":"{{Account}}","accessKeyId":"AKIAEXAMPLEEXAMPLE00","userName":"ci-bot"{{(InvokedBy is null ? "" : $",\"invokedBy\":\"{InvokedBy}\"")}}}
        """;

    /// <summary>The whole CloudTrail record, made by the IAM user <c>ci-bot</c> if nothing else is said; an event in the envelope of EventBridge.</summary>
    public string ToRecordJson() => IsServiceEvent ? Event() : $$"""
        {"eventVersion":"1.11","userIdentity":{{Identity ?? User}},"eventTime":"2025-11-02T10:00:00Z","eventSource":"{{EventSource}}",
        "eventName":"{{EventName}}","awsRegion":"{{Region}}","sourceIPAddress":"{{SourceAddress}}","userAgent":"example",
        {{(ErrorCode is null ? "" : $"\"errorCode\":\"{ErrorCode}\",")}}"requestParameters":{{Request ?? "null"}},"responseElements":{{Response ?? "null"}},
        {{(Additional is null ? "" : $"\"additionalEventData\":{Additional},")}}
        "requestID":"00000000-0000-4000-8000-000000000001","eventID":"00000000-0000-4000-8000-000000000002","readOnly":{{(IsRead ? "true" : "false")}},
        "eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"{{Account}}","eventCategory":"Management"}
        """;

    private string Event() => $$"""
        {"version":"0","id":"00000000-0000-4000-8000-000000000001","detail-type":"{{EventName}}","source":"{{EventSource}}","account":"{{Account}}",
        "time":"2025-11-02T10:00:01Z","region":"{{Region}}","resources":[],"detail":{{Request ?? "null"}}}
        """;
}
