using System.Text;
using ResponseKit.Records;

namespace ResponseKit.Tests.Records;

/// <summary>A CloudTrail record in the making. Values are JSON where the record holds JSON.</summary>
internal sealed record Sample
{
    public const string Account = "111122223333";

    public string Version { get; init; } = "\"1.11\"";

    public string Identity { get; init; } = Identities.User();

    public string EventSource { get; init; } = "ec2.amazonaws.com";

    public string EventName { get; init; } = "RunInstances";

    public string Time { get; init; } = "2025-11-02T10:00:00Z";

    public string EventId { get; init; } = "00000000-0000-4000-8000-000000000002";

    public string Region { get; init; } = "us-east-1";

    public string? Recipient { get; init; } = Account;

    public string SourceAddress { get; init; } = "203.0.113.7";

    public string Request { get; init; } = "null";

    public string Response { get; init; } = "null";

    public string? ErrorCode { get; init; }

    public static Sample Of(string service, string operation, string request = "null", string response = "null") =>
        new() { EventSource = $"{service}.amazonaws.com", EventName = operation, Request = request, Response = response };

    public string ToJson() => $$"""
        {"eventVersion":{{Version}},"userIdentity":{{Identity}},"eventTime":"{{Time}}","eventSource":"{{EventSource}}","eventName":"{{EventName}}",
        "awsRegion":"{{Region}}","sourceIPAddress":"{{SourceAddress}}","userAgent":"example",{{(ErrorCode is null ? "" : $"\"errorCode\":\"{ErrorCode}\",")}}
        "requestParameters":{{Request}},"responseElements":{{Response}},"eventID":"{{EventId}}","readOnly":false,"eventType":"AwsApiCall",
        {{(Recipient is null ? "" : $"\"recipientAccountId\":\"{Recipient}\",")}}"managementEvent":true}
        """;

    public string InEnvelope(string account = Account, string source = "aws.ec2", string type = "AWS API Call via CloudTrail") => $$"""
        {"version":"0","id":"1","detail-type":"{{type}}","source":"{{source}}","account":"{{account}}","time":"2025-11-02T10:00:01Z","region":"us-east-1",
        "resources":[],"detail":{{ToJson()}}}
        """;

    public CloudTrailRecord Record() => Parsed(ToJson());

    public static ParseResult Parse(string json) => RecordParser.Parse(Encoding.UTF8.GetBytes(json));

    public static CloudTrailRecord Parsed(string json) => Parse(json) is ParseResult.Parsed(var record)
        ? record
        : throw new InvalidOperationException(Rejection(json));

    public static string Rejection(string json) => Assert.IsType<ParseResult.Rejected>(Parse(json)).Reason;
}
