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

    /// <summary>
    /// A call of the actor's named it, and the record does not show that they made it or changed what it does: an idempotent create that answers with what
    /// was there, a new description. It is left alone, and told to a person.
    /// </summary>
    [JsonStringEnumMemberName("mentioned")]
    Mentioned,

    /// <summary>It is an instance that the actor took out of a group. It is theirs if they made the group and the group launched it.</summary>
    [JsonStringEnumMemberName("detached")]
    Detached,
}
