using System.Text.RegularExpressions;
using ResponseKit.Records;

namespace ResponseKit.Tests.Detections;

public sealed partial class ExampleTests
{
    [Theory]
    [MemberData(nameof(Examples.Rows), MemberType = typeof(Examples))]
    public void Says_of_every_example_what_it_promises(string id, string name)
    {
        var (detection, example) = Examples.Find(id, name);
        var record = example.Record();

        Assert.True(
            detection.Descriptor.Selectors.Any(selector => selector.Accepts(record)),
            $"No selector of {id} accepts its example '{name}'.");
        var finding = detection.Evaluate(record, Examples.Settings);
        Assert.True(example.Matches == (finding is not null), $"{id} on '{name}': {finding?.Explanation ?? "nothing found"}");
    }

    [Theory]
    [MemberData(nameof(Examples.Rows), MemberType = typeof(Examples))]
    public void Explains_in_one_clean_sentence_and_weighs_within_the_scale(string id, string name)
    {
        var (detection, example) = Examples.Find(id, name);
        var record = example.Record();
        if (detection.Evaluate(record, Examples.Settings) is not { } finding)
            return;

        // What only adds up money weighs nothing by itself.
        Assert.InRange(finding.Weight, finding.Cost is null ? 1 : 0, 100);
        Assert.Matches(PastTense(), finding.Explanation);
        Assert.DoesNotContain(finding.Explanation, char.IsControl);
        Assert.False(finding.Explanation.EndsWith('.'), finding.Explanation);
        Assert.True(finding.Explanation.Length <= 400, finding.Explanation);
        Assert.All(finding.Facts.Values, fact => Assert.InRange(fact.Length, 0, 257));
    }

    [Theory]
    [MemberData(nameof(Examples.Rows), MemberType = typeof(Examples))]
    public void Is_decisive_only_about_what_took_effect(string id, string name)
    {
        var (detection, example) = Examples.Find(id, name);
        var record = example.Record();
        if (detection.Evaluate(record, Examples.Settings) is not { } finding)
            return;

        Assert.False(finding.Decisive && !record.Outcome.TookEffect, finding.Explanation);
    }

    [Theory]
    [MemberData(nameof(Examples.Rows), MemberType = typeof(Examples))]
    public void Weighs_a_refused_call_less_than_the_same_call_with_effect(string id, string name)
    {
        var (detection, example) = Examples.Find(id, name);
        // Nobody made a call that could have been refused.
        if (example.IsServiceEvent)
            return;

        var done = detection.Evaluate((example with { ErrorCode = null }).Record(), Examples.Settings);
        var refused = detection.Evaluate((example with { ErrorCode = "AccessDenied", Response = null }).Record(), Examples.Settings);
        if (done is null || refused is null)
            return;

        Assert.True(refused.Weight < done.Weight, $"{id} on '{name}': refused {refused.Weight}, done {done.Weight}");
        Assert.IsType<CallOutcome.Denied>((example with { ErrorCode = "AccessDenied" }).Record().Outcome);
    }

    [GeneratedRegex("^(created|launched|requested|tried|switched|called|raised|set|suspended|registered|started|attached|wrote|detached|let|asked|made|changed|stopped|deleted|disabled|left|removed|took|read|gave|ran|protected|put|hid|opened|used|obtained|activated|cut|scheduled|drew|added|invited|accepted|shared|enabled|closed) ")]
    private static partial Regex PastTense();
}
