using System.Collections.Immutable;

namespace ResponseKit.Response;

/// <summary>What was found when a response looked whether everything holds.</summary>
public sealed record ResponseLook
{
    /// <summary>The look's number, that of the pass before it.</summary>
    public required int Look { get; init; }

    /// <summary>The receipts' ids of what does not hold, and is to be asked for again.</summary>
    public required ImmutableArray<string> Broken { get; init; }

    /// <summary>At which of the response's requests the next look goes on; 0 when this one, or the ones before it, came to the end.</summary>
    public required int Next { get; init; }

    /// <summary>In how many looks in a row everything held and nothing new had come up.</summary>
    public required int Quiet { get; init; }

    /// <summary>Whether no further look is needed, or none is worth it.</summary>
    public required bool Done { get; init; }
}
