using System.Text.Json;
using System.Text.RegularExpressions;
using ResponseKit.Testing;
using ResponseKit.Testing.Policies;

namespace ResponseKit.Conventions.Tests;

/// <summary>The policies that the documents tell people to copy.</summary>
public sealed partial class DocumentedPolicyTests
{
    private const string Function = "arn:aws:lambda:eu-west-1:111122223333:function:ResponseKit-ec2-terminate-instances";

    public static TheoryData<string> Documents => [.. Directory
        .EnumerateFiles(Repository.Root, "*.md", SearchOption.TopDirectoryOnly)
        .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
        .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "runbooks"), "*.md", SearchOption.AllDirectories))
        .Where(file => PoliciesIn(file).Any())
        .Select(file => Path.GetRelativePath(Repository.Root, file))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_policy_in_a_document_is_one_that_AWS_takes(string document) =>
        Assert.All(PoliciesIn(Path.Combine(Repository.Root, document)), policy => Assert.Empty(PolicyGrammar.Problems(policy, PolicyKind.ServiceControl)));

    [Theory]
    [InlineData("lambda:InvokeFunction", "arn:aws:iam::111122223333:role/app", true)]
    [InlineData("lambda:InvokeAsync", "arn:aws:iam::111122223333:user/app", true)]
    [InlineData("lambda:InvokeFunction", "arn:aws:iam::444455556666:role/incident-lead", true)]
    [InlineData("lambda:InvokeFunction", "arn:aws:iam::111122223333:role/x/incident-lead", true)]
    [InlineData("lambda:InvokeFunction", "arn:aws:iam::111122223333:role/incident-lead", false)]
    [InlineData("lambda:InvokeFunction", "arn:aws:iam::111122223333:role/ResponseKit-state-machine", false)]
    public void Only_responders_and_the_state_machine_may_invoke_what_commands(string action, string principal, bool isDenied)
    {
        var policy = Assert.Single(PoliciesIn(Path.Combine(Repository.Root, "docs", "deploy.md")), text => text.Contains("OnlyRespondersCommandResponseKit", StringComparison.Ordinal));

        Assert.Equal(isDenied, PolicyJudge.Denies(policy, action, Function, ("aws:PrincipalArn", principal)));
        Assert.False(PolicyJudge.Denies(policy, action, "arn:aws:lambda:eu-west-1:111122223333:function:payroll", ("aws:PrincipalArn", principal)));
    }

    private static IEnumerable<string> PoliciesIn(string file) => Block().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value).Where(IsPolicy);

    private static bool IsPolicy(string text)
    {
        try
        {
            return JsonDocument.Parse(text).RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("Statement", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex("```json\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
