using System.Collections.Immutable;
using ResponseKit.Correlation;
using ResponseKit.Detections;
using ResponseKit.Records;
using ResponseKit.Rules;
using ResponseKit.Tests.Detections;
using Xunit.Abstractions;

namespace ResponseKit.Tests.Rules;

/// <summary>The rules that are deployed.</summary>
public sealed class CatalogueRuleTests(ITestOutputHelper output)
{
    private const int RulesThatAreFew = 20;

    private static IEnumerable<(Selector Selector, string Name)> Heard =>
        DetectionCatalogue.All.SelectMany(detection => detection.Descriptor.Selectors)
            .Concat(LineageCatalogue.All.SelectMany(reader => reader.Selectors))
            .SelectMany(selector => selector.EventNames.Select(name => (selector, name)));

    [Theory]
    [MemberData(nameof(Examples.Rows), MemberType = typeof(Examples))]
    public void Every_example_is_delivered_by_a_rule_that_sees_such_calls(string id, string name)
    {
        var (detection, example) = Examples.Find(id, name);
        var record = example.Record();
        var envelope = EventPatterns.Envelop(example.ToRecordJson());
        var kinds = detection.Descriptor.Selectors.Where(selector => selector.Accepts(record)).Select(selector => selector.ReadOnly).Distinct();

        Assert.All(kinds, reads => Assert.Contains(EventRules.All, rule => rule.NeedsReads == reads && rule.Accepts(envelope)));
    }

    [Fact]
    public void Every_call_that_a_detection_or_a_lineage_reader_names_is_delivered_once_for_its_kind() => Assert.All(
        Heard.Where(heard => heard.Selector.EventSource.EndsWith(".com", StringComparison.Ordinal)),
        heard => Assert.Single(
            EventRules.All, rule => rule.NeedsReads == heard.Selector.ReadOnly && rule.Accepts(EventPatterns.Call(heard.Selector.EventSource, heard.Name))));

    [Theory]
    [InlineData("AssumeRole")]
    [InlineData("AssumeRoleWithSAML")]
    [InlineData("AssumeRoleWithWebIdentity")]
    [InlineData("AssumeRoot")]
    public void Sessions_have_a_rule_of_their_own_that_is_always_deployed(string name)
    {
        var rule = Assert.Single(EventRules.All, rule => rule.Accepts(EventPatterns.Call("sts.amazonaws.com", name)));
        Assert.Equal(("ResponseKit-sessions", true, false), (rule.Name, rule.NeedsReads, rule.IsOptional));
    }

    [Theory]
    [InlineData("AWS Console Sign In via CloudTrail")]
    [InlineData("AWS Console Signin via CloudTrail")]
    public void Sign_ins_are_delivered_in_either_spelling(string type)
    {
        var example = DetectionExample.Match("a sign-in", "signin.amazonaws.com", "ConsoleLogin");
        Assert.Contains(EventRules.All, rule => !rule.NeedsReads && rule.Accepts(EventPatterns.Envelop(example.ToRecordJson(), type)));
    }

    [Theory]
    [InlineData("CreateFunction20150331")]
    [InlineData("AddPermission20150331v2")]
    [InlineData("AddPermission20991231v7")]
    public void Lambda_s_calls_are_delivered_in_any_version(string name) =>
        Assert.Contains(EventRules.All, rule => !rule.NeedsReads && rule.Accepts(EventPatterns.Call("lambda.amazonaws.com", name)));

    [Theory]
    [InlineData("ec2.amazonaws.com", "DescribeInstances")]
    [InlineData("s3.amazonaws.com", "PutObject")]
    [InlineData("transfer.amazonaws.com", "CreateUser")]
    [InlineData("gamelift.amazonaws.com", "CreateCluster")]
    [InlineData("ecs.amazonaws.com", "CreateUser")]
    [InlineData("iam.amazonaws.com", "RunInstances")]
    [InlineData("lambda.amazonaws.com", "ListFunctions20150331")]
    public void What_nobody_listens_to_is_delivered_by_none(string eventSource, string eventName) =>
        Assert.DoesNotContain(EventRules.All, rule => rule.Accepts(EventPatterns.Call(eventSource, eventName)));

    [Theory]
    [InlineData("\"source\":\"aws.iam\"", "\"source\":\"my.app\"")]
    [InlineData("\"source\":\"aws.iam\"", "\"source\":\"aws\"")]
    [InlineData("AWS API Call via CloudTrail", "Custom")]
    public void What_CloudTrail_did_not_send_is_delivered_by_none(string real, string forged)
    {
        var envelope = EventPatterns.Call("iam.amazonaws.com", "CreateUser");
        Assert.Contains(EventRules.All, rule => rule.Accepts(envelope));
        Assert.DoesNotContain(EventRules.All, rule => rule.Accepts(envelope.Replace(real, forged, StringComparison.Ordinal)));
    }

    [Fact]
    public void Rules_keep_within_the_quotas()
    {
        foreach (var rule in EventRules.All)
            output.WriteLine($"{rule.Name}: {rule.Pattern.Length} characters, {EventRules.MaxPatternLength - rule.Pattern.Length} left; {string.Join(", ", rule.Listens)}");
        output.WriteLine($"{EventRules.All.Length} rules of {EventRules.MaxRulesPerBus}");

        Assert.All(EventRules.All, rule => Assert.InRange(rule.Pattern.Length, 1, 2048));
        Assert.InRange(EventRules.All.Length, 1, RulesThatAreFew);
        Assert.Distinct(EventRules.All.Select(rule => rule.Name));
        Assert.Equal((2048, 300), (EventRules.MaxPatternLength, EventRules.MaxRulesPerBus));
    }

    [Fact]
    public void A_further_call_changes_one_rule_at_most_unless_that_has_to_be_divided()
    {
        var more = EventRules.For(Observer.Selectors.Add(Selector.Writes("polly.amazonaws.com", "SynthesizeSpeech")), []);
        var changed = more.Where(rule => EventRules.All.All(known => (known.Name, known.Pattern) != (rule.Name, rule.Pattern))).ToImmutableArray();

        Assert.Equal(["polly"], changed.SelectMany(rule => rule.Listens).Where(title => title == "polly"));
        Assert.Equal(1 + more.Length - EventRules.All.Length, changed.Length);
    }
}
