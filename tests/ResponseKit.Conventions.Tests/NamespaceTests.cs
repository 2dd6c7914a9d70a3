using System.Collections.Immutable;
using System.Reflection;
using ResponseKit.Testing;

namespace ResponseKit.Conventions.Tests;

public sealed class NamespaceTests
{
    // What stands further down may use what stands further up. The first room is the namespace of the project itself.
    private static readonly ImmutableArray<string> OrderOfTheCore =
        ["", "Text", "Sharing", "Resources", "Actors", "Records", "Deployment", "Policy", "Detections", "Correlation", "Rules", "Heartbeats", "Response", "Reviewing"];

    private static readonly Dictionary<string, string> Folders = new(StringComparer.Ordinal)
    {
        ["ResponseKit"] = "src/ResponseKit",
        ["ResponseKit.Replay"] = "src/ResponseKit.Replay",
        ["ResponseKit.Response"] = "src/ResponseKit.Response",
        ["ResponseKit.Reports"] = "src/ResponseKit.Reports",
        ["ResponseKit.Aws"] = "src/ResponseKit.Aws",
        ["ResponseKit.Functions"] = "src/ResponseKit.Functions",
        ["ResponseKit.Cli"] = "src/ResponseKit.Cli",
        ["ResponseKit.Infra"] = "infra/ResponseKit.Infra",
        ["ResponseKit.Testing"] = "tests/ResponseKit.Testing",
    };

    public static TheoryData<string> Projects => [.. Folders.Keys];

    [Fact]
    public void Every_project_of_the_product_is_looked_at() => Assert.Empty(
        Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).Except(Folders.Keys));

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_namespaces_need_one_another(string project)
    {
        var edges = Edges(project);
        // What uses nothing that is left comes off, and so does what nothing uses; what then remains goes round in circles.
        var rooms = edges.SelectMany(edge => new[] { edge.From, edge.To }).ToHashSet(StringComparer.Ordinal);
        IEnumerable<(string From, string To, string Because)> Left() => edges.Where(edge => rooms.Contains(edge.From) && rooms.Contains(edge.To));
        while (rooms.RemoveWhere(room => Left().All(edge => edge.From != room) || Left().All(edge => edge.To != room)) > 0)
        {
        }

        Assert.True(rooms.Count == 0, string.Join('\n', Left().Select(Text)));
    }

    [Fact]
    public void Namespaces_of_the_core_keep_their_order() => Assert.Equal(
        "", string.Join('\n', Edges("ResponseKit").Where(edge => OrderOfTheCore.IndexOf(edge.From) <= OrderOfTheCore.IndexOf(edge.To)).Select(Text)));

    [Fact]
    public void The_order_names_every_namespace_of_the_core() => Assert.Equal(
        OrderOfTheCore.Where(room => room.Length > 0).Order(StringComparer.Ordinal),
        Repository.Sources("src/ResponseKit").Select(file => file.Split('/')).Where(parts => parts.Length > 3).Select(parts => parts[2])
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    // If edges were overlooked, the tests above would hold of anything.
    [Fact]
    public void Edges_are_seen_in_usings_and_in_code()
    {
        var edges = Edges("ResponseKit");
        Assert.Contains(edges, edge => edge is ("Detections", "Records", _));
        Assert.Contains(edges, edge => edge.From == "Detections" && edge.To == "Records" && edge.Because.EndsWith(".cs", StringComparison.Ordinal));
        // By a property's type, by an argument of a generic type, and by a name that needed no using.
        Assert.Contains(edges, edge => edge is ("Policy", "Deployment", _));
        Assert.Contains(edges, edge => edge is ("Correlation", "", "LineageCatalogue uses Discovered`1"));
        Assert.Contains(edges, edge => edge is ("Rules", "Resources", "SessionOpenings uses Arn"));
    }

    private static ImmutableArray<(string From, string To, string Because)> Edges(string project) => [.. NamespaceEdges.Of(Assembly.Load(project), Folders[project])];

    private static string Text((string From, string To, string Because) edge) => $"{edge.From} -> {edge.To}: {edge.Because}";
}
