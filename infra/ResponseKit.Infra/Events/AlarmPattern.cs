using System.Text.Json;

namespace ResponseKit.Infra.Events;

/// <summary>Alarms as events: CloudWatch sends one whenever an alarm changes (CloudWatch User Guide, "Alarm events and EventBridge").</summary>
internal static class AlarmPattern
{
    /// <summary>The detail-type of these events.</summary>
    public const string DetailType = "CloudWatch Alarm State Change";

    /// <summary>The pattern of alarms that go off, as JSON.</summary>
    /// <param name="names">Their names.</param>
    public static string Json(params string[] names) => JsonSerializer.Serialize(Of([.. names]));

    /// <summary>The pattern of alarms that go off.</summary>
    /// <param name="names">Their names, or what matches them.</param>
    private static Dictionary<string, object> Of(params object[] names) => new()
    {
        ["source"] = new object[] { "aws.cloudwatch" },
        ["detail-type"] = new object[] { DetailType },
        ["detail"] = new Dictionary<string, object>
        {
            ["alarmName"] = names,
            ["state"] = new Dictionary<string, object> { ["value"] = new object[] { "ALARM" } },
        },
    };
}
