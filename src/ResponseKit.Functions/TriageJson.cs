using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace ResponseKit.Functions;

/// <summary>What goes into triage and comes out of it, as JSON.</summary>
public static class TriageJson
{
    private static readonly SourceGeneratorLambdaJsonSerializer<TriageJsonContext> Serializer = new(
        (JsonSerializerOptions options) =>
        {
            options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
            options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });

    /// <summary>An answer as UTF-8 JSON on one line.</summary>
    public static byte[] Write(TriageAnswer answer) => Serialize(answer);

    /// <summary>A CloudTrail record in the envelope in which EventBridge delivers it (EventBridge User Guide, "AWS service events delivered via AWS CloudTrail").</summary>
    /// <param name="record">The record, with its event id, time, source, region and recipient account.</param>
    public static byte[] Envelop(JsonElement record) => Serialize(new CloudWatchEvent<JsonElement>
    {
        Version = "0",
        Id = record.GetProperty("eventID").GetString(),
        DetailType = "AWS API Call via CloudTrail",
        Source = "aws." + record.GetProperty("eventSource").GetString()!.Split('.')[0],
        Account = record.GetProperty("recipientAccountId").GetString(),
        Time = record.GetProperty("eventTime").GetDateTime(),
        Region = record.GetProperty("awsRegion").GetString(),
        Resources = [],
        Detail = record,
    });

    private static byte[] Serialize<T>(T value)
    {
        using var buffer = new MemoryStream();
        Serializer.Serialize(value, buffer);
        return buffer.ToArray();
    }
}

/// <summary>What the compiler generates for it.</summary>
[JsonSerializable(typeof(TriageAnswer))]
[JsonSerializable(typeof(CloudWatchEvent<JsonElement>))]
[JsonSerializable(typeof(Records.CallOutcome.Failed), TypeInfoPropertyName = "CallFailed")]
internal sealed partial class TriageJsonContext : JsonSerializerContext;
