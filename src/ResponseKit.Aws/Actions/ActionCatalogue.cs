using System.Collections.Immutable;
using ResponseKit.Aws.Execution;

namespace ResponseKit.Aws.Actions;

/// <summary>Every action there is, found by looking for the classes that implement <see cref="IResponseAction"/>.</summary>
public static class ActionCatalogue
{
    /// <summary>All actions, by id.</summary>
    public static ImmutableArray<IResponseAction> All { get; } =
        [.. Discovered<IResponseAction>.All.OrderBy(action => action.Descriptor.Id, StringComparer.Ordinal)];

    /// <summary>The action of that id; null when there is none.</summary>
    public static IResponseAction? Find(string id) => All.FirstOrDefault(action => action.Descriptor.Id == id);
}
