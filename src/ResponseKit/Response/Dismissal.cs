using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ResponseKit.Response;

/// <summary>Why evidence counts no more.</summary>
public enum DismissalKind
{
    /// <summary>A person called the incident a false alarm.</summary>
    [JsonStringEnumMemberName("false-alarm")]
    FalseAlarm,

    /// <summary>A person had everything given back.</summary>
    [JsonStringEnumMemberName("given-back")]
    GivenBack,

    /// <summary>A person undid the containment of single users or roles by the action's function.</summary>
    [JsonStringEnumMemberName("released")]
    Released,
}

/// <summary>That evidence of an incident, as far as it had arrived by then, never counts again. What comes afterwards does.</summary>
public sealed record Dismissal
{
    /// <summary>The incident's id, which is that of all its rounds.</summary>
    public required string Incident { get; init; }

    /// <summary>The round that was the latest; 0 where that was not known.</summary>
    public required int Round { get; init; }

    /// <summary>Why.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<DismissalKind>))]
    public required DismissalKind Kind { get; init; }

    /// <summary>Who said so: the caller's ARN as AWS says where it was proven, else what they called themselves.</summary>
    public required string By { get; init; }

    /// <summary>Their reason.</summary>
    public required string Reason { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What was done before counts no more, whatever it was: when the incident begins, and for <see cref="DismissalKind.Released"/> when it was undone.</summary>
    public required DateTimeOffset Before { get; init; }

    /// <summary>The events since then that count no more, as <see cref="AnsweredEvents.Add"/> gives them.</summary>
    public string Events { get => field ?? ""; init; } = "";

    /// <summary>Whose containment was undone, as ARNs; empty where it is all that belongs to the incident.</summary>
    public ImmutableArray<string> Released { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Whether the store vouches for it. One that is not verified counts all the same, and people are told (docs/decisions/0041). No part of its JSON.</summary>
    [JsonIgnore]
    public bool IsVerified { get; init; } = true;
}
