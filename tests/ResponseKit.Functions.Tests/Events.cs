using System.Text;
using System.Text.Json;

namespace ResponseKit.Functions.Tests;

/// <summary>Events as EventBridge delivers them to triage.</summary>
internal static class Events
{
    public const string MalloryKey = "AKIAMALLORY000000000";
    public static readonly DateTimeOffset Start = new(2025, 11, 2, 10, 0, 0, TimeSpan.Zero);

    /// <summary>A call of an IAM user with a lasting key.</summary>
    public static byte[] OfUser(
        FunctionBed bed, string user, string service, string operation, string request = "null", string response = "null", int minutes = 0,
        string address = "203.0.113.7", string path = "/") => Call(
            bed, $$"""
            {"type":"IAMUser","principalId":"AIDAEXAMPLE","arn":"arn:aws:iam::{{bed.Account.Id}}:user{{path}}{{user}}","accountId":"{{bed.Account.Id}}",
            "accessKeyId":"{{MalloryKey}}","userName":"{{user}}"}
            """, service, operation, request, response, minutes, address);

    /// <summary>A call of a role's session.</summary>
    public static byte[] OfSession(FunctionBed bed, string role, string key, string service, string operation, string request, int minutes,
        string response = "null", string? error = null, string address = "203.0.113.7") => Call(
        bed, $$$"""
        {"type":"AssumedRole","principalId":"AROAEXAMPLE:x","arn":"arn:aws:sts::{{{bed.Account.Id}}}:assumed-role/{{{role}}}/x",
        "accountId":"{{{bed.Account.Id}}}","accessKeyId":"{{{key}}}","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAEXAMPLE",
        "arn":"arn:aws:iam::{{{bed.Account.Id}}}:role/{{{role}}}","accountId":"{{{bed.Account.Id}}}","userName":"{{{role}}}"} } }
        """, service, operation, request, response, minutes, address, error);

    /// <summary>A user opens a session of a role.</summary>
    public static byte[] Opens(FunctionBed bed, string user, string role, string key, int minutes = 0) => OfUser(
        bed, user, "sts", "AssumeRole", $$"""{"roleArn":"arn:aws:iam::{{bed.Account.Id}}:role/{{role}}","roleSessionName":"x"}""",
        $$"""{"credentials":{"accessKeyId":"{{key}}","sessionToken":"x","expiration":"Nov 2, 2025, 11:00:00 AM"} }""", minutes);

    /// <summary>A finding of GuardDuty's about a user, of high severity.</summary>
    public static byte[] Finding(FunctionBed bed, string user, int minutes = 0) => Encoding.UTF8.GetBytes($$$"""
        {"version":"0","id":"c8c4daa7-a20c-2f03-0070-b7393dd542ad","detail-type":"GuardDuty Finding","source":"aws.guardduty","account":"{{{bed.Account.Id}}}",
        "time":"{{{At(minutes)}}}","region":"us-east-1","resources":[],
        "detail":{"schemaVersion":"2.0","accountId":"{{{bed.Account.Id}}}","region":"us-east-1","partition":"aws",
        "id":"76b6bd7a6fa2205baaae644e6970206b","type":"UnauthorizedAccess:IAMUser/TorIPCaller","severity":8,"updatedAt":"{{{At(minutes)}}}",
        "resource":{"resourceType":"AccessKey",
        "accessKeyDetails":{"accessKeyId":"{{{MalloryKey}}}","principalId":"AIDAEXAMPLE","userType":"IAMUser","userName":"{{{user}}}"}},
        "service":{"serviceName":"guardduty","archived":false,"eventLastSeen":"{{{At(minutes)}}}","count":1,
        "action":{"actionType":"AWS_API_CALL","awsApiCallAction":{"api":"ListBuckets","remoteIpDetails":{"ipAddressV4":"198.51.100.7"} } } },
        "title":"x","description":"x"} }
        """);

    /// <summary>AWS Health's notice that a user's key was found in public.</summary>
    public static byte[] Notice(FunctionBed bed, string user, string status = "open") => Encoding.UTF8.GetBytes($$$"""
        {"version":"0","id":"99d7c0bd-8b0a-4c1d-9d6c-0d9b1d1c2f3a","detail-type":"AWS Health Event","source":"aws.health",
        "account":"{{{bed.Account.Id}}}","time":"{{{At(0)}}}","region":"us-east-1","resources":["{{{user}}}"],
        "detail":{"eventArn":"arn:aws:health:us-east-1::event/RISK/AWS_RISK_CREDENTIALS_EXPOSED/AWS_RISK_CREDENTIALS_EXPOSED-Ab1",
        "service":"RISK","eventTypeCode":"AWS_RISK_CREDENTIALS_EXPOSED","eventTypeCategory":"issue","eventScopeCode":"ACCOUNT_SPECIFIC","statusCode":"{{{status}}}",
        "startTime":"Sun, 02 Nov 2025 10:00:00 GMT","lastUpdatedTime":"Sun, 02 Nov 2025 10:00:00 GMT",
        "eventMetadata":{"publicKey":"{{{MalloryKey}}}","userName":"{{{user}}}"},
        "affectedEntities":[{"entityValue":"{{{MalloryKey}}}"}],"affectedAccount":"{{{bed.Account.Id}}}"} }
        """);

    private static byte[] Call(
        FunctionBed bed, string identity, string service, string operation, string request, string response, int minutes, string address = "203.0.113.7",
        string? error = null)
    {
        var isRead = operation.StartsWith("Get", StringComparison.Ordinal) || operation.StartsWith("List", StringComparison.Ordinal) || operation == "AssumeRole";
        return TriageJson.Envelop(JsonElement.Parse(
            $$"""
            {"eventVersion":"1.11","userIdentity":{{identity}},"eventTime":"{{At(minutes)}}","eventSource":"{{service}}.amazonaws.com",
            "eventName":"{{operation}}","awsRegion":"us-east-1","sourceIPAddress":"{{address}}","userAgent":"aws-cli/2.0",{{(error is null ? "" : $"\"errorCode\":\"{error}\",")}}
            "requestParameters":{{request}},"responseElements":{{response}},"requestID":"{{Guid.NewGuid()}}",
            "eventID":"{{Guid.NewGuid()}}","readOnly":{{(isRead ? "true" : "false")}},"eventType":"AwsApiCall","managementEvent":true,
            "recipientAccountId":"{{bed.Account.Id}}","eventCategory":"Management"}
            """));
    }

    private static string At(int minutes) => $"{Start.AddMinutes(minutes):yyyy-MM-dd'T'HH:mm:ss'Z'}";
}
