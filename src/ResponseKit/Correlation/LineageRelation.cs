using System.Text.Json.Serialization;

namespace ResponseKit.Correlation;

/// <summary>How an actor came to a resource.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LineageRelation>))]
public enum LineageRelation
{
    /// <summary>It was there before; the actor changed it. It is restored, not destroyed.</summary>
    [JsonStringEnumMemberName("altered")]
    Altered,

    /// <summary>It is a role that was there before; the actor opened a session of it. The session outlives the key that opened it.</summary>
    [JsonStringEnumMemberName("entered")]
    Entered,

    /// <summary>The actor made it.</summary>
    [JsonStringEnumMemberName("created")]
    Created,
}
