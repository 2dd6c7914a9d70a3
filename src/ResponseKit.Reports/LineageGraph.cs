using System.Collections.Immutable;
using ResponseKit.Correlation;
using ResponseKit.Resources;

namespace ResponseKit.Reports;

/// <summary>A picture of who opened and made what, from left to right. Lengths are in the picture's own units.</summary>
/// <param name="Width">How wide it is.</param>
/// <param name="Height">How high it is.</param>
/// <param name="Nodes">Identities, and groups of what they made.</param>
/// <param name="Edges">From whoever did it to what was made.</param>
/// <param name="Text">The same in a sentence.</param>
public sealed record LineageGraph(int Width, int Height, ImmutableArray<GraphNode> Nodes, ImmutableArray<GraphEdge> Edges, string Text)
{
    private const int Across = 330;
    private const int Box = 290;
    private const int Row = 34;
    private const int BoxHeight = 26;
    private const int LabelLength = 36;
    private const int MostNodes = 80;

    /// <summary>Draws it.</summary>
    internal static LineageGraph Of(CaseFile file)
    {
        var drawing = new Drawing(file);
        var root = file.Root.Key;
        drawing.Draw(root, 0, null);
        foreach (var actor in file.Actors.Where(actor => !drawing.IsDrawn(actor.Key)))
            drawing.Draw(actor.Key, 0, null);
        var nodes = drawing.Nodes.ToImmutableArray();
        return new LineageGraph(
            nodes.Select(node => node.X).DefaultIfEmpty(0).Max() + Box + 10, (nodes.Length * Row) + 10, nodes, [.. drawing.Edges],
            $"{Shown.Count(file.Actors.Length, "identity", "identities")} and what they made, opened or changed: {Shown.Count(file.Lineage.Length, "resource")}."
            + (drawing.LeftOut > 0 ? $" {Shown.Count(drawing.LeftOut, "more thing")} did not fit." : ""));
    }

    private sealed class Drawing
    {
        private readonly Dictionary<string, List<LineageEntry>> made;
        private readonly HashSet<string> drawn = new(StringComparer.Ordinal);

        public Drawing(CaseFile file)
        {
            var deciding = file.Lineage.ToHashSet();
            made = file.Observations.SelectMany(act => act.Lineage.Where(deciding.Contains).Select(entry => (act.Actor.Key, Entry: entry)))
                .GroupBy(one => one.Key, StringComparer.Ordinal)
                .ToDictionary(same => same.Key, same => same.Select(one => one.Entry).ToList(), StringComparer.Ordinal);
        }

        public List<GraphNode> Nodes { get; } = [];

        public List<GraphEdge> Edges { get; } = [];

        public int LeftOut { get; private set; }

        public bool IsDrawn(string key) => drawn.Contains(key);

        public void Draw(string key, int depth, GraphNode? parent, string how = "")
        {
            if (!drawn.Add(key) || Place(Name(key), how.Length > 0 ? $"{key}, {how}" : key, depth, "identity", parent) is not { } node)
                return;
            var entries = made.GetValueOrDefault(key) ?? [];
            foreach (var identity in entries.Where(IsIdentity).DistinctBy(entry => entry.Resource))
                Draw(identity.Resource.ToArn(), depth + 1, node, KindWords.Done(identity.Relation));
            foreach (var group in entries.Where(entry => !IsIdentity(entry)).GroupBy(entry => (entry.Resource.Kind, entry.Relation)))
            {
                var names = group.Select(entry => entry.Resource.Name).Distinct(StringComparer.Ordinal).ToList();
                var label = names.Count == 1 ? $"{KindWords.One(group.Key.Kind)} {names[0]}" : KindWords.Count(group.Key.Kind, names.Count);
                Place($"{label} {KindWords.Done(group.Key.Relation)}", $"{label} {KindWords.Done(group.Key.Relation)}: {Shown.Few(names, 20)}", depth + 1, "resource", node);
            }
        }

        private GraphNode? Place(string label, string title, int depth, string sort, GraphNode? parent)
        {
            if (Nodes.Count == MostNodes)
            {
                LeftOut++;
                return null;
            }

            var node = new GraphNode(5 + (depth * Across), 5 + (Nodes.Count * Row), Box, BoxHeight, Shown.Text(label, LabelLength), Shown.Text(title), sort);
            Nodes.Add(node);
            if (parent is not null)
                Edges.Add(new GraphEdge(parent.X + 20, parent.Y + BoxHeight, node.X, node.Y + (BoxHeight / 2)));
            return node;
        }

        private static bool IsIdentity(LineageEntry entry) => entry.Resource.Kind == ResourceKind.IamUser || entry.Resource.Kind == ResourceKind.IamRole;

        private static string Name(string key) => ResourceRef.FromArn(key) is { } resource ? $"{KindWords.One(resource.Kind)} {resource.Name}" : key;
    }
}

/// <summary>An identity or a group of resources in the picture.</summary>
/// <param name="X">Its left edge.</param>
/// <param name="Y">Its upper edge.</param>
/// <param name="Width">How wide it is.</param>
/// <param name="Height">How high it is.</param>
/// <param name="Label">What stands in it.</param>
/// <param name="Title">All of it.</param>
/// <param name="Sort"><c>identity</c> or <c>resource</c>.</param>
public sealed record GraphNode(int X, int Y, int Width, int Height, string Label, string Title, string Sort);

/// <summary>A line from whoever did it to what was made: down, then to the right.</summary>
/// <param name="X1">Where it begins.</param>
/// <param name="Y1">Where it begins.</param>
/// <param name="X2">Where it ends.</param>
/// <param name="Y2">Where it ends.</param>
public sealed record GraphEdge(int X1, int Y1, int X2, int Y2);
