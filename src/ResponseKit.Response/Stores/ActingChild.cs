using System.Collections.Immutable;
using ResponseKit.Correlation;

namespace ResponseKit.Response.Stores;

/// <summary>Somebody whom another opened or made, and who has acted.</summary>
/// <param name="Node">By what it is found.</param>
/// <param name="Weight">The weight of the heaviest thing that it did.</param>
internal sealed record ActingChild(string Node, int Weight)
{
    /// <summary>So many children of one node are looked at, the latest ones.</summary>
    public const int MostListed = 1_000;

    private const int Heaviest = 24;
    private const int Latest = 8;

    /// <summary>The weight of the heaviest signal of an observation.</summary>
    public static int WeightOf(Observation observation) => observation.Signals.Select(signal => signal.Finding.Weight).DefaultIfEmpty(0).Max();

    /// <summary>
    /// Whom to read for a verdict, where there are many: those who did the worst, and the latest. Whoever acts now is read besides.
    /// </summary>
    /// <param name="children">The latest first.</param>
    public static ImmutableArray<ActingChild> Chosen(IReadOnlyList<ActingChild> children) => children.Count <= Heaviest + Latest
        ? [.. children]
        : [.. children.Take(Latest).Concat(children.Skip(Latest).OrderByDescending(child => child.Weight).Take(Heaviest))];
}
