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

    /// <summary>The service that made the call on the user's behalf, such as <c>eks.amazonaws.com</c>; null where no service stood between.</summary>
    public string? InvokedBy { get; init; }

    /// <summary>A record that must match.</summary>
    public static DetectionExample Match(string name, string eventSource, string eventName, string? request = null, string? errorCode = null, string? response = null) =>
        new(name, true, eventSource, eventName, request, errorCode, response);

    /// <summary>A record that must not match, though a selector accepts it.</summary>
    public static DetectionExample Ignore(string name, string eventSource, string eventName, string? request = null, string? errorCode = null, string? response = null) =>
        new(name, false, eventSource, eventName, request, errorCode, response);

    /// <summary>The whole CloudTrail record, made by the IAM user <c>ci-bot</c>.</summary>
    public string ToRecordJson() => $$"""
        {"eventVersion":"1.11","userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLEEXAMPLE000","arn":"arn:aws:iam::{{Account}}:user/ci-bot",
        "accountId":"{{Account}}","accessKeyId":"AKIAEXAMPLEEXAMPLE00","userName":"ci-bot"{{(InvokedBy is null ? "" : $",\"invokedBy\":\"{InvokedBy}\"")}}},
        "eventTime":"2025-11-02T10:00:00Z","eventSource":"{{EventSource}}","eventName":"{{EventName}}","awsRegion":"{{Region}}",
        "sourceIPAddress":"203.0.113.7","userAgent":"example",
        {{(ErrorCode is null ? "" : $"\"errorCode\":\"{ErrorCode}\",")}}"requestParameters":{{Request ?? "null"}},"responseElements":{{Response ?? "null"}},
        "requestID":"00000000-0000-4000-8000-000000000001","eventID":"00000000-0000-4000-8000-000000000002","readOnly":false,"eventType":"AwsApiCall",
        "managementEvent":true,"recipientAccountId":"{{Account}}","eventCategory":"Management"}
        """;
}
