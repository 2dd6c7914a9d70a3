using System.Collections.Immutable;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios;

/// <summary>
/// Every scenario. A file under <c>Attacks</c> or <c>Benign</c> that holds an <see cref="IScript"/> is found by itself. A scenario is made when it is first
/// asked for, and comes out the same every time.
/// </summary>
public static class ScenarioCatalogue
{
    private static readonly ImmutableArray<(string Id, Lazy<Scenario> Scenario)> Entries =
    [
        .. typeof(ScenarioCatalogue).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IScript)))
            .SelectMany(type => ((IScript)Activator.CreateInstance(type)!).Plots)
            .OrderBy(plot => plot.Id, StringComparer.Ordinal)
            .Select(plot => (plot.Id, new Lazy<Scenario>(plot.Play))),
    ];

    /// <summary>The ids of all, in alphabetical order.</summary>
    public static ImmutableArray<string> Ids { get; } = [.. Entries.Select(entry => entry.Id)];

    /// <summary>All of them, in the order of <see cref="Ids"/>. To make them all takes a few seconds: ask for one by its id where one will do.</summary>
    public static ImmutableArray<Scenario> All => [.. Entries.Select(entry => entry.Scenario.Value)];

    /// <summary>One of them.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that id.</exception>
    public static Scenario Find(string id) =>
        Entries.FirstOrDefault(entry => entry.Id == id).Scenario?.Value ?? throw new KeyNotFoundException($"There is no scenario '{id}'. There are: {string.Join(", ", Ids)}.");

    /// <summary>The scenario made anew, so that tests can see that it comes out the same.</summary>
    internal static Scenario Remake(string id) =>
        typeof(ScenarioCatalogue).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IScript)))
            .SelectMany(type => ((IScript)Activator.CreateInstance(type)!).Plots)
            .Single(plot => plot.Id == id)
            .Play();
}
