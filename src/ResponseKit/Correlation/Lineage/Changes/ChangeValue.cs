using System.Collections.Immutable;

namespace ResponseKit.Correlation.Lineage.Changes;

/// <summary>Where in a record a value stands that a command needs.</summary>
/// <param name="Name">The name by which commands ask for it.</param>
/// <param name="Paths">
/// Where it may stand, the first that is there counts: <c>request.name</c>, <c>response.key.id</c>, <c>response.hosts[]</c> for each item of a list, or
/// <c>caller</c> for the name of the user who called.
/// </param>
public sealed record ChangeValue(string Name, ImmutableArray<string> Paths)
{
    /// <summary>What AWS takes where the call says nothing; null where there is no such thing.</summary>
    public string? Otherwise { get; init; }

    /// <summary>The same, with what AWS takes where the call says nothing.</summary>
    public ChangeValue Else(string otherwise) => this with { Otherwise = otherwise };

    /// <summary>A value and where it may stand.</summary>
    public static ChangeValue Of(string name, params ReadOnlySpan<string> paths) => new(name, [.. paths]);
}
