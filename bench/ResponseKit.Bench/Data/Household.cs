using System.Collections.Immutable;
using ResponseKit.Scenarios;

namespace ResponseKit.Bench.Data;

/// <summary>What goes on in an account anyway: the records, of several innocent stories, of those who occur in most stories. Two regions hold most of them.</summary>
internal sealed class Household
{
    private const int StoriesInHousehold = 3;
    private const int StoriesOfAMember = 8;

    // What these services are asked is recorded in us-east-1 only (CloudTrail User Guide, "Global service events").
    private static readonly string[] Global = ["iam", "sts", "organizations", "cloudfront", "route53", "signin", "ce", "health", "trustedadvisor", "support", "account"];

    private static readonly Lazy<ImmutableHashSet<string>> Members = new(() =>
    [
        .. ScenarioCatalogue.All.SelectMany(story => story.Records.Select(record => Name(record.Actor)).Distinct()).CountBy(name => name)
            .Where(pair => pair.Value >= StoriesOfAMember).Select(pair => pair.Key),
    ]);

    public Household(IReadOnlyList<Scenario> innocent, string account, int number)
    {
        Account = account;
        Second = new[] { "eu-west-1", "us-west-2", "ap-southeast-2", "eu-central-1" }[number % 4];
        var lives = Enumerable.Range(0, StoriesInHousehold).Select(i => Variations.InAccount(innocent[((number * StoriesInHousehold) + i) % innocent.Count], account))
            .SelectMany(story => story.Records).Where(record => Members.Value.Contains(Name(record.Actor)) && Is(record, "awsRegion", First)).ToList();
        InFirst = [.. lives.Select(record => new RecordTemplate(record.Json, record.Time))];
        InSecond = [.. lives.Where(record => !Global.Any(service => Is(record, "eventSource", service + ".amazonaws.com")))
            .Select(record => new RecordTemplate(record.Json.Replace(First, Second, StringComparison.Ordinal), record.Time))];
    }

    public string Account { get; }

    public string First { get; } = "us-east-1";

    public string Second { get; }

    public ImmutableArray<RecordTemplate> InFirst { get; }

    public ImmutableArray<RecordTemplate> InSecond { get; }

    private static string Name(string actor) => actor[(actor.LastIndexOf(':') + 1)..];

    private static bool Is(LabelledRecord record, string member, string value) => record.Json.Contains($"\"{member}\":\"{value}\"", StringComparison.Ordinal);
}
