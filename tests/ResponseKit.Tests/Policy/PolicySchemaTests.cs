using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ResponseKit.Deployment;
using ResponseKit.Policy;
using ResponseKit.Tests.Detections;

namespace ResponseKit.Tests.Policy;

/// <summary>The schema, the reader and the settings must know the same keys, or one of them lies.</summary>
public sealed class PolicySchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Sources.Root, "responsekit.schema.json")))!.AsObject();

    [Fact]
    public void The_schema_and_the_reader_know_the_same_keys() => Assert.Equal(PolicyFile.Keys.Order(), KeysOf(Schema, "").Select(key => key.Path).Order());

    [Fact]
    public void The_settings_and_the_reader_know_the_same_keys() => Assert.Equal(
        PolicyFile.Keys.Where(key => !key.StartsWith("correlation.caps.", StringComparison.Ordinal)).Append("correlation.caps").Order(),
        PropertiesOf(typeof(ResponsePolicy), "").Order());

    [Fact]
    public void Every_key_says_what_it_means() => Assert.All(KeysOf(Schema, ""), key => Assert.EndsWith(".", key.Value["description"]!.GetValue<string>(), StringComparison.Ordinal));

    [Fact]
    public void The_defaults_of_the_schema_are_those_of_the_file()
    {
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(Sources.Root, "responsekit.json")))!;
        Assert.All(KeysOf(Schema, ""), key =>
        {
            var written = key.Path.Split('.').Aggregate(file, (node, name) => node[name]!);
            Assert.True(JsonNode.DeepEquals(key.Value["default"], written), key.Path);
        });
    }

    [Fact]
    public void The_limits_of_the_schema_are_those_of_the_reader() => Assert.All(KeysOf(Schema, ""), key =>
    {
        var limits = key.Value["$ref"] is { } reference ? Schema["$defs"]![reference.GetValue<string>().Split('/')[^1]]! : key.Value;
        if (limits["minimum"] is not { } minimum)
            return;
        var (from, to) = (minimum.GetValue<int>(), limits["maximum"]!.GetValue<int>());
        Assert.Contains($"from {from} to {to}", Refusal(key.Path, from - 1), StringComparison.Ordinal);
        Assert.Contains($"from {from} to {to}", Refusal(key.Path, to + 1), StringComparison.Ordinal);
    });

    [Theory]
    [MemberData(nameof(PatternKeys))]
    public void The_schema_and_the_reader_take_the_same_patterns(string key)
    {
        var schema = new Regex(PatternOf(Schema, key), RegexOptions.ECMAScript);
        Assert.All(Patterns, pattern => Assert.True(schema.IsMatch(pattern) == IsTaken(key, pattern), $"{key}: {pattern}"));
        Assert.Contains(Patterns, pattern => IsTaken(key, pattern));
    }

    public static TheoryData<string> PatternKeys =>
        ["guards.protectedPrincipals", "guards.responders", "guards.deployers", "guards.responsekitRoles", "detections.deployers", "changeWindows.principals"];

    private static IEnumerable<string> Patterns =>
        from start in new[] { "", "arn:aws:iam::111122223333:", "arn:aws-us-gov:iam::*:", "arn:*:iam::111122223333:", "arn:aws:sts::111122223333:", "arn:aws:iam:eu-west-1:*:", "arn:aws:iam::1111:" }
        from end in new[]
        {
            "role/deploy", "user/deploy", "role/ops/deploy", "role/ops/x:role/deploy", "role/*", "role/**", "role/ops/*", "role/ops/**", "role/*/deploy", "role/dep*", "role/depl*",
            "role/depl*y", "role/depl?", "role/**/deploy", "role/deploy**", "role/x**/deploy", "group/deploy", "*", "*/deploy", "role/", "role", "role/a b", "role/x:y", "assumed-role/deploy/x",
            "user/?*", "role//deploy", "role/o?s/depl*", "role/*?/**",
        }
        select start + end;

    private static string PatternOf(JsonNode schema, string key)
    {
        if (key == "changeWindows.principals")
            return schema["$defs"]!["changeWindow"]!["properties"]!["principals"]!["items"]!["pattern"]!.GetValue<string>();
        var of = KeysOf(schema, "").Single(known => known.Path == key).Value["$ref"]!.GetValue<string>();
        return schema["$defs"]![of.Split('/')[^1]]!["items"]!["pattern"]!.GetValue<string>();
    }

    private static bool IsTaken(string key, string pattern)
    {
        var text = JsonSerializer.Serialize(pattern);
        return PolicyFile.Parse(key == "changeWindows.principals"
            ? $$"""{"changeWindows":[{"owner":"a","reason":"b","from":"2025-11-02T12:00:00Z","until":"2025-11-03T12:00:00Z","principals":[{{text}}]}]}"""
            : $$"""{"{{key.Split('.')[0]}}":{"{{key.Split('.')[1]}}":[{{text}}]} }""") is PolicyResult.Loaded;
    }

    [Fact]
    public void The_schema_allows_nothing_else()
    {
        var objects = new[] { Schema, Schema["properties"]!["correlation"]!, Schema["properties"]!["detections"]!, Schema["properties"]!["guards"]! };
        Assert.All(objects, node => Assert.False(node["additionalProperties"]!.GetValue<bool>()));
    }

    private static string Refusal(string path, int value)
    {
        var text = path.Split('.').Reverse().Aggregate($"{value}", (inner, name) => $"{{\"{name}\":{inner}}}");
        return PolicyFile.Parse(text).ToString()!;
    }

    private static IEnumerable<(string Path, JsonNode Value)> KeysOf(JsonNode schema, string prefix) =>
        from member in schema["properties"]!.AsObject()
        where member.Key != "$schema"
        from key in member.Value!["properties"] is null ? [(prefix + member.Key, member.Value)] : KeysOf(member.Value, $"{prefix}{member.Key}.")
        select key;

    private static IEnumerable<string> PropertiesOf(Type type, string prefix) =>
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.SetMethod is not null && property.PropertyType != typeof(OwnDeployment) // The deployment says that, not the file.
        let name = prefix + JsonNamingPolicy.CamelCase.ConvertName(property.Name)
        from key in property.PropertyType.Name.EndsWith("Settings", StringComparison.Ordinal) ? PropertiesOf(property.PropertyType, name + ".") : [name]
        select key;
}
