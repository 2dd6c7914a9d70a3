using System.Text.Json.Serialization;

namespace ResponseKit.Emulator;

/// <summary>What a fault does to a call.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EmulatorFaultKind>))]
public enum EmulatorFaultKind
{
    /// <summary>The call is refused as that service refuses what comes too fast.</summary>
    [JsonStringEnumMemberName("throttle")]
    Throttle,

    /// <summary>The call is refused with the rule's error.</summary>
    [JsonStringEnumMemberName("error")]
    Error,

    /// <summary>The call is answered late, 100 ms unless the rule says otherwise.</summary>
    [JsonStringEnumMemberName("latency")]
    Latency,

    /// <summary>The connection is cut without an answer.</summary>
    [JsonStringEnumMemberName("drop")]
    Drop,

    /// <summary>The call takes effect, and the connection ends before its answer has come.</summary>
    [JsonStringEnumMemberName("lost")]
    Lost,

    /// <summary>The call takes effect, and is answered with an internal error.</summary>
    [JsonStringEnumMemberName("late500")]
    LateError,

    /// <summary>The call is answered with an internal error.</summary>
    [JsonStringEnumMemberName("http500")]
    InternalError,

    /// <summary>The call is not made, and answered as a success that says nothing.</summary>
    [JsonStringEnumMemberName("empty")]
    Empty,
}
