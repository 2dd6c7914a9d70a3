using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ResponseKit.Response;

/// <summary>What an action did, kept for the report and for undoing it. The answer of every action function.</summary>
public sealed record ActionReceipt
{
    /// <summary>The same for every run of one action, on the same targets, for the same incident: a second run adds to the first one's receipt.</summary>
    public required string Id { get; init; }

    /// <summary>The action's id.</summary>
    public required string Action { get; init; }

    /// <summary>What was asked.</summary>
    public required ActionMode Mode { get; init; }

    /// <summary>What became of it as a whole.</summary>
    public required ReceiptStatus Status { get; init; }

    /// <summary>The account acted in.</summary>
    public required string Account { get; init; }

    /// <summary>The region acted in.</summary>
    public required string Region { get; init; }

    /// <summary>The targets as ARNs.</summary>
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>Why, in the words of whoever asked.</summary>
    public required string Reason { get; init; }

    /// <summary>The incident it belongs to; null when a person asked outside one.</summary>
    public string? Incident { get; init; }

    /// <summary>The further fields of the request.</summary>
    public ImmutableSortedDictionary<string, string> Options { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>When the first run began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When the last run ended.</summary>
    public required DateTimeOffset Finished { get; init; }

    /// <summary>When it was undone; null while it stands.</summary>
    public DateTimeOffset? Reverted { get; init; }

    /// <summary>
    /// Whether the store vouches that ResponseKit wrote it so. What is not verified may be shown, and nothing is undone or built on by it. No part of its JSON.
    /// </summary>
    [JsonIgnore]
    public bool IsVerified { get; init; } = true;

    /// <summary>Each step in the order in which it was taken.</summary>
    public required ImmutableArray<StepReceipt> Steps { get; init; }

    /// <summary>Whether something was changed by it, or may have been. No part of its JSON.</summary>
    [JsonIgnore]
    public bool HasChanged => Steps.Any(step => step.Outcome.MayHaveChanged);

    /// <summary>One or two sentences for a person: what happened, what did not, what to do next.</summary>
    public required string Message { get; init; }
}
