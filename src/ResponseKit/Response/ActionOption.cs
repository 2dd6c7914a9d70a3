using System.Collections.Immutable;

namespace ResponseKit.Response;

/// <summary>A further field of a request that one action understands, under <c>options</c>.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Accepts">What may stand there, in words.</param>
/// <param name="Meaning">What it does.</param>
public sealed record ActionOption(string Name, string Accepts, string Meaning)
{
    /// <summary>The values that may stand there; empty when any text may.</summary>
    public ImmutableArray<string> Values { get; init; } = [];

    /// <summary>How many characters may stand there.</summary>
    public int MaxLength { get; init; } = 256;
}
