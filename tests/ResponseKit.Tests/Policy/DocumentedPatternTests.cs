using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ResponseKit.Policy;
using ResponseKit.Tests.Detections;

namespace ResponseKit.Tests.Policy;

/// <summary>What the documents tell people to write into the policy file, the reader must take.</summary>
public sealed partial class DocumentedPatternTests
{
    private static readonly string[] Keys = ["guards.protectedPrincipals", "guards.responders", "guards.deployers", "guards.responsekitRoles", "detections.deployers"];

    [Fact]
    public void Every_pattern_of_users_and_roles_in_a_document_is_one() =>
        Assert.All(Paragraphs.SelectMany(Patterns), pattern => Assert.Equal("", Refusal("guards.protectedPrincipals", pattern)));

    [Fact]
    public void A_pattern_that_stands_beside_a_key_is_taken_under_it()
    {
        var beside = Paragraphs.SelectMany(text => from key in Keys where text.Contains(key, StringComparison.Ordinal) from pattern in Patterns(text) select (key, pattern)).ToList();
        Assert.Contains(("guards.responders", "arn:aws:iam::*:role/stacksets-exec-*"), beside);
        Assert.All(beside, it => Assert.Equal("", Refusal(it.key, it.pattern)));
    }

    [Fact]
    public void The_examples_of_the_schema_are_taken_under_their_key()
    {
        var properties = JsonNode.Parse(File.ReadAllText(Path.Combine(Sources.Root, "responsekit.schema.json")))!["properties"]!;
        var examples = Keys.SelectMany(key =>
        {
            var (of, name) = (key.Split('.')[0], key.Split('.')[1]);
            return Patterns(properties[of]!["properties"]![name]!["description"]!.GetValue<string>()).Select(pattern => (key, pattern));
        }).ToList();
        Assert.True(examples.Count >= 3);
        Assert.All(examples, it => Assert.Equal("", Refusal(it.key, it.pattern)));
    }

    [Fact]
    public void The_right_form_that_a_refusal_shows_is_taken() => Assert.All(Keys, key =>
        Assert.All(Patterns(Refusal(key, "x")), pattern => Assert.Equal("", Refusal(key, pattern))));

    private static IEnumerable<string> Paragraphs =>
        from file in new[] { "README.md", "CONTRIBUTING.md" }.Select(name => Path.Combine(Sources.Root, name))
            .Concat(new[] { "docs", "runbooks" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Sources.Root, folder), "*.md", SearchOption.AllDirectories)))
        from paragraph in File.ReadAllText(file).ReplaceLineEndings("\n").Split("\n\n")
        select paragraph;

    private static IEnumerable<string> Patterns(string text) => Principal().Matches(text).Select(match => match.Value.TrimEnd('.', ',', ':', ';', ')'));

    private static string Refusal(string key, string pattern)
    {
        var text = $$"""{"{{key.Split('.')[0]}}":{"{{key.Split('.')[1]}}":[{{JsonSerializer.Serialize(pattern)}}]} }""";
        return PolicyFile.Parse(text) is PolicyResult.Refused refused ? refused.ToString() : "";
    }

    // As a person would copy it: up to the end of the word or the mark behind it.
    [GeneratedRegex("""arn:aws[a-z-]*:iam::[0-9*]+:(user|role)/[^\s`"'<>|{}()\\]+""", RegexOptions.CultureInvariant)]
    private static partial Regex Principal();
}
