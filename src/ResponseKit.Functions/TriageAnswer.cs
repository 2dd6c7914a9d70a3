using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ResponseKit.Correlation;

namespace ResponseKit.Functions;

/// <summary>What triage made of one event.</summary>
/// <param name="Outcome">How far it got.</param>
/// <param name="Message">The same in a sentence for a person.</param>
public sealed record TriageAnswer(TriageOutcome Outcome, string Message)
{
    /// <summary>The event's CloudTrail id.</summary>
    public string? EventId { get; init; }

    /// <summary>Whether the event had been seen before.</summary>
    public bool IsDuplicate { get; init; }

    /// <summary>The key of the actor who made the call.</summary>
    public string? Actor { get; init; }

    /// <summary>The key of the actor whose case it belongs to.</summary>
    public string? Root { get; init; }

    /// <summary>The detections that spoke.</summary>
    public ImmutableArray<string> Detections { get; init; } = [];

    /// <summary>What to do about the case; null when it was not judged.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>The incident that it belongs to or has led to.</summary>
    public string? Incident { get; init; }

    /// <summary>Whether this event started the response.</summary>
    public bool StartedResponse { get; init; }
}

/// <summary>How far triage got with an event.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TriageOutcome>))]
public enum TriageOutcome
{
    /// <summary>It is no record, or none that may be believed. Nothing follows from it.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>A heartbeat of ResponseKit's own came back.</summary>
    [JsonStringEnumMemberName("heartbeat")]
    Heartbeat,

    /// <summary>There is nothing to keep of it, or its actor is not judged.</summary>
    [JsonStringEnumMemberName("unremarkable")]
    Unremarkable,

    /// <summary>It was kept; the case does not call for containment, or not yet.</summary>
    [JsonStringEnumMemberName("kept")]
    Kept,

    /// <summary>It was kept for an incident whose response is under way or has ended.</summary>
    [JsonStringEnumMemberName("known-incident")]
    KnownIncident,

    /// <summary>The case calls for containment, and the response is under way.</summary>
    [JsonStringEnumMemberName("responding")]
    Responding,

    /// <summary>The case calls for containment, and nothing is done by itself: the message says why.</summary>
    [JsonStringEnumMemberName("not-responding")]
    NotResponding,
}
