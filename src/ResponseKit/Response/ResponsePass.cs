using System.Collections.Immutable;

namespace ResponseKit.Response;

/// <summary>What a response took up at one time, to be asked for wave by wave.</summary>
public sealed record ResponsePass
{
    /// <summary>The pass's number, from 0; the look after it has the same.</summary>
    public required int Look { get; init; }

    /// <summary>What to ask for, in the order of the stages.</summary>
    public required ImmutableArray<PlannedAction> Actions { get; init; }

    /// <summary>How many of them were never asked for before; the others did not hold.</summary>
    public required int Fresh { get; init; }

    /// <summary>Whether there was more than this pass could hold, so that the next one should follow at once.</summary>
    public required bool More { get; init; }

    /// <summary>How many requests guards hold back, or a person must approve.</summary>
    public required int Held { get; init; }

    /// <summary>How many things a person must be told.</summary>
    public required int Pages { get; init; }

    /// <summary>The events that its plan was the first of the round to know, as <see cref="AnsweredEvents.Add"/> gives them.</summary>
    public string Answers { get => field ?? ""; init; } = "";

    /// <summary>Whether there is nothing left to do but to wait for a person's answer.</summary>
    public bool Waits { get; init; }
}
