using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace ResponseKit.Conventions.Tests;

/// <summary>
/// What a workflow of GitHub's must not do: run what somebody may exchange behind a name, hold rights that it has no use for, run text that strangers write, or name
/// what is not there. Security hardening for GitHub Actions: https://docs.github.com/en/actions/reference/security/secure-use.
/// </summary>
internal static partial class WorkflowRules
{
    // Who may do more than read, and why: to sign as the workflow, to keep what it signed, and to draft a release.
    private static readonly HashSet<(string Job, string Right)> Writes = [("pack", "id-token"), ("pack", "attestations"), ("draft", "contents")];

    /// <summary>What is wrong with a workflow, in words; nothing if it is as it should be.</summary>
    /// <param name="text">The workflow file's text.</param>
    /// <param name="isCommand">Whether a program may be run: it is in the repository, or on every runner.</param>
    public static IEnumerable<string> Problems(string text, Func<string, bool> isCommand)
    {
        var root = Load(text);
        foreach (var line in text.Split('\n').Where(line => Uses().IsMatch(line) && !Pinned().IsMatch(line)))
            yield return $"'{line.Trim()}' is not pinned to a commit with its version beside it";
        if (Keys(root["on"]).Contains("pull_request_target"))
            yield return "pull_request_target runs a stranger's change with the repository's rights";
        foreach (var problem in Permissions("", root))
            yield return problem;
        foreach (var (name, job) in Map(root["jobs"]))
        {
            foreach (var problem in Job(name, (YamlMappingNode)job, isCommand))
                yield return $"{name}: {problem}";
        }
    }

    /// <summary>Each action with the commit it is pinned to.</summary>
    public static IEnumerable<(string Action, string Commit)> Pins(string text) =>
        Pinned().Matches(text).Select(match => (match.Groups["action"].Value, match.Groups["commit"].Value));

    /// <summary>The commands of all steps, a line each.</summary>
    public static IEnumerable<string> Commands(string text) =>
        from job in Map(Load(text)["jobs"]) from step in Steps((YamlMappingNode)job.Value) where step.Children.ContainsKey("run")
        from line in step["run"].ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries) select line.Trim();

    private static IEnumerable<string> Job(string name, YamlMappingNode job, Func<string, bool> isCommand)
    {
        if (!job.Children.ContainsKey("timeout-minutes"))
            yield return "has no time limit";
        var problems = job.Children.ContainsKey("permissions") ? Permissions(name, job) : [];
        foreach (var problem in problems)
            yield return problem;
        var mayWrite = job.Children.TryGetValue("permissions", out var rights) && Map(rights).Any(right => right is { Key: "contents", Value: YamlScalarNode { Value: "write" } });
        foreach (var step in Steps(job))
        {
            var uses = step.Children.TryGetValue("uses", out var action) ? action.ToString() : "";
            var commands = step.Children.TryGetValue("run", out var run) ? run.ToString() : "";
            if (uses.StartsWith("actions/checkout@", StringComparison.Ordinal))
            {
                if (mayWrite)
                    yield return "may write to the repository, and has its code at hand";
                if (!(step.Children.TryGetValue("with", out var with) && with is YamlMappingNode told && told.Children.TryGetValue("persist-credentials", out var keeps) && keeps.ToString() == "false"))
                    yield return "leaves its credentials to what it builds";
            }

            if (commands.Contains("${{", StringComparison.Ordinal))
                yield return $"'{commands}' is put together from values: pass them as variables";
            foreach (var line in commands.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (!isCommand(line.Split(' ')[0]))
                    yield return $"'{line}' runs what is not there";
            }
        }
    }

    private static IEnumerable<string> Permissions(string job, YamlMappingNode at)
    {
        if (!at.Children.TryGetValue("permissions", out var node))
            return ["does not say what it may do, and so may do what the repository's settings say"];
        if (node is not YamlMappingNode)
            return [$"may '{node}'"];
        return Map(node).Where(right => right.Value.ToString() is not ("none" or "read") && !Writes.Contains((job, right.Key)))
            .Select(right => $"may {right.Value} {right.Key}, and nobody has said why");
    }

    private static YamlMappingNode Load(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static IEnumerable<YamlMappingNode> Steps(YamlMappingNode job) => ((YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>();

    private static IEnumerable<KeyValuePair<string, YamlNode>> Map(YamlNode node) =>
        ((YamlMappingNode)node).Select(pair => KeyValuePair.Create(pair.Key.ToString(), pair.Value));

    private static IEnumerable<string> Keys(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.Keys.Select(key => key.ToString()),
        YamlSequenceNode list => list.Select(item => item.ToString()),
        _ => [node.ToString()],
    };

    [GeneratedRegex(@"^\s*(- )?uses:")]
    private static partial Regex Uses();

    [GeneratedRegex(@"^\s*(?:- )?uses: (?<action>[\w.-]+/[\w.-]+)@(?<commit>[0-9a-f]{40}) # v\d+\.\d+\.\d+\r?$", RegexOptions.Multiline)]
    private static partial Regex Pinned();
}
