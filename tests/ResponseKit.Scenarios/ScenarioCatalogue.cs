using System.Collections.Immutable;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios;

/// <summary>
/// Every scenario. A file under <c>Attacks</c> or <c>Benign</c> that holds an <see cref="IScript"/> is found by itself. A scenario is made when it is first
/// asked for, and comes out the same every time.
/// </summary>
public static class ScenarioCatalogue
{
    private static readonly ImmutableSortedDictionary<string, (Plot Plot, Lazy<Scenario> Made)> Entries = typeof(ScenarioCatalogue).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IScript)))
        .SelectMany(type => ((IScript)Activator.CreateInstance(type)!).Plots)
        .ToImmutableSortedDictionary(plot => plot.Id, plot => (plot, new Lazy<Scenario>(plot.Play)), StringComparer.Ordinal);

    /// <summary>The ids of all, in alphabetical order.</summary>
    public static ImmutableArray<string> Ids { get; } = [.. Entries.Keys];

    /// <summary>All of them, in the order of <see cref="Ids"/>. To make them all takes some seconds: ask for one by its id where one will do.</summary>
    public static ImmutableArray<Scenario> All => [.. Entries.Values.Select(entry => entry.Made.Value)];

    /// <summary>One of them.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that id.</exception>
    public static Scenario Find(string id) => Entry(id).Made.Value;

    /// <summary>The same as <see cref="Find"/>, but made anew rather than kept.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that id.</exception>
    public static Scenario Make(string id) => Entry(id).Plot.Play();

    private static (Plot Plot, Lazy<Scenario> Made) Entry(string id) =>
        Entries.TryGetValue(id, out var entry) ? entry : throw new KeyNotFoundException($"There is no scenario '{id}'. There are: {string.Join(", ", Ids)}.");
}
