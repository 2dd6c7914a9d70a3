using System.Text.Json.Nodes;
using ResponseKit.Detections;

namespace ResponseKit.Tests.Detections;

/// <summary>Whoever holds a stolen key chooses what stands in requests. None of it may stop a detection or forge a line of a report.</summary>
public sealed class HostileRecordTests
{
    private static readonly string Long = new('x', 100_000);
    private static readonly string Deep = new string('[', 50) + new string(']', 50);

    private static readonly string[] Replacements =
    [
        "null", "true", "false", "0", "-1", "1e400", "99999999999999999999999999", "0.5", "\"\"", "\"\\n\\u001b[31m\\u202e\\u0000\"", "\"\\ud800\"",
        "[]", "{}", "[null]", "[[]]", "[{}]", """{"items":{}}""", """{"items":[null,1,"x",{"items":[]}]}""", """{"value":{"value":{}}}""",
        "\"{\"", "\"%\"", "\"%7B%22Statement%22%3A[]%7D\"", "\"[1,2]\"", "\"{\\\"Statement\\\":[1,null,{\\\"Effect\\\":1}]}\"", "\"*\"", "\"arn:aws\"",
    ];

    private static readonly string?[] Errors = [null, null, "AccessDenied", null, null, "Client.DryRunOperation", null, null, @"Client.\u202eWeird\nCode"];

    public static TheoryData<string, string> Rows => Examples.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Survives_members_that_are_missing_or_of_another_type(string id, string name)
    {
        var (detection, example) = Examples.Find(id, name);
        // Two in three stay successes, which say most; the others take turns.
        foreach (var (index, (request, response)) in Mutations(example).Index())
            Check(detection, example with { Request = request, Response = response, ErrorCode = Errors[index % Errors.Length] });
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Survives_text_of_100_kilobytes_and_deep_nesting(string id, string name)
    {
        var (detection, example) = Examples.Find(id, name);
        foreach (var hostile in new[] { $"\"{Long}\"", Deep, $"[{string.Join(',', Enumerable.Repeat("{\"a\":1}", 10_000))}]" })
        {
            Check(detection, example with { Request = hostile });
            foreach (var path in Paths(example.Request))
                Check(detection, example with { Request = Replace(example.Request!, path, hostile) });
        }
    }

    private static void Check(IConfiguredDetection detection, DetectionExample example)
    {
        if (example.RecordIfBelieved() is not { } record || detection.Evaluate(record, Examples.Settings) is not { } finding)
            return;
        // What only adds up money weighs nothing by itself.
        Assert.InRange(finding.Weight, finding.Cost is null ? 1 : 0, 100);
        Assert.DoesNotContain(finding.Explanation, IsDangerous);
        Assert.True(finding.Explanation.Length <= 500, finding.Explanation);
        Assert.All(finding.Facts.Values, fact => Assert.DoesNotContain(fact, IsDangerous));
        Assert.All(finding.Facts.Values, fact => Assert.InRange(fact.Length, 0, 257));
    }

    private static bool IsDangerous(char character) => char.IsControl(character) || character is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e');

    private static IEnumerable<(string? Request, string? Response)> Mutations(DetectionExample example)
    {
        foreach (var replacement in Replacements)
        {
            yield return (replacement, example.Response);
            yield return (example.Request, replacement);
            foreach (var path in Paths(example.Request))
                yield return (Replace(example.Request!, path, replacement), example.Response);
            foreach (var path in Paths(example.Response))
                yield return (example.Request, Replace(example.Response!, path, replacement));
        }

        foreach (var path in Paths(example.Request))
            yield return (Replace(example.Request!, path, null), example.Response);
    }

    /// <summary>Every place in the JSON, as names and indices from the root.</summary>
    private static List<object[]> Paths(string? json)
    {
        var paths = new List<object[]>();
        if (json is not null)
            Walk(JsonNode.Parse(json), [], paths);
        return paths;
    }

    private static void Walk(JsonNode? node, object[] path, List<object[]> paths)
    {
        if (path.Length > 0)
            paths.Add(path);
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members)
                Walk(value, [.. path, name], paths);
        }
        else if (node is JsonArray items)
        {
            for (var index = 0; index < items.Count; index++)
                Walk(items[index], [.. path, index], paths);
        }
    }

    private static string Replace(string json, object[] path, string? replacement)
    {
        const string Mark = "@@replaced@@";
        var root = JsonNode.Parse(json)!;
        var node = root;
        foreach (var step in path[..^1])
            node = step is string inner ? node[inner]! : node[(int)step]!;
        switch (path[^1], replacement)
        {
            case (string member, null):
                node.AsObject().Remove(member);
                break;
            case (int index, null):
                node.AsArray().RemoveAt(index);
                break;
            case (string member, _):
                node[member] = Mark;
                break;
            case (int index, _):
                node[index] = Mark;
                break;
        }

        // Set by text, since a replacement need not be JSON that a node can hold.
        return root.ToJsonString().Replace($"\"{Mark}\"", replacement);
    }
}
