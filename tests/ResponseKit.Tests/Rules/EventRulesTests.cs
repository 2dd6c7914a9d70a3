using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using ResponseKit.Correlation;
using ResponseKit.Detections;
using ResponseKit.Records;
using ResponseKit.Rules;

namespace ResponseKit.Tests.Rules;

/// <summary>Rules of any selectors.</summary>
public sealed partial class EventRulesTests
{
    private const string Own = "arn:aws:iam::111122223333:role/ResponseKit-triage";

    private static readonly Gen<Selector> Selectors =
        from service in Gen.Elements("iam", "ec2", "ecs", "lambda", "s3", "sso-directory", "access-analyzer", "x-ray", "9", "zz")
        from name in Properties.TextOf("abcXYZ", 1, 30)
        from more in Properties.TextOf("abXY", 1, 3)
        from reads in Gen.Elements(false, true)
        select new Selector($"{service}.amazonaws.com", [name, name + more], reads);

    private static readonly Gen<Selector[]> Any =
        from count in Gen.Choose(0, 150)
        from selectors in Selectors.ArrayOf(count)
        select selectors;

    [Fact]
    public void Any_selectors_get_rules_within_the_quotas_that_deliver_what_they_accept() => Properties.Holds(Any, selectors =>
    {
        var rules = EventRules.For(selectors, []);
        return rules.All(rule => rule.Pattern.Length <= 2048 && Name().IsMatch(rule.Name))
            && rules.DistinctBy(rule => rule.Name).Count() == rules.Length
            && CallsOf(selectors).All(call => rules.Any(rule => rule.NeedsReads == call.ReadOnly && rule.Accepts(EventPatterns.Call(call.Source, call.Name))));
    });

    [Fact]
    public void And_nothing_else_but_longer_names_of_Lambda_s()
    {
        var cases = from selectors in Any from other in Selectors select (selectors, other);
        Properties.Holds(cases, pair =>
        {
            var (selectors, other) = pair;
            var rules = EventRules.For(selectors, []);
            return CallsOf([other]).All(call => rules.Where(rule => rule.Accepts(EventPatterns.Call(call.Source, call.Name))).All(rule => CallsOf(selectors).Any(
                heard => heard.ReadOnly == rule.NeedsReads && heard.Source == call.Source
                    && (heard.Name == call.Name || (call.Source == "lambda.amazonaws.com" && call.Name.StartsWith(heard.Name, StringComparison.Ordinal))))));
        });
    }

    [Fact]
    public void Equal_selectors_give_equal_rules_in_whatever_order_they_come() => Properties.Holds(
        Any, selectors => Texts(EventRules.For(selectors, [])).SequenceEqual(Texts(EventRules.For(selectors.Reverse().SelectMany(Halves).Concat(selectors), []))));

    // Rules are updated one after the other: a call that moved between two that stay would for a moment be in neither. New rules come before old ones go.
    [Fact]
    public void A_further_selector_moves_no_call_from_a_rule_that_stays()
    {
        var cases = from selectors in Any from further in Selectors select (selectors, further);
        Properties.Holds(cases, pair =>
        {
            var (before, after) = (EventRules.For(pair.selectors, []), EventRules.For([.. pair.selectors, pair.further], []));
            return before.All(old => after.All(rule => rule.Name != old.Name)
                || CallsOf(pair.selectors).Select(call => EventPatterns.Call(call.Source, call.Name)).Where(old.Accepts)
                    .All(after.Single(rule => rule.Name == old.Name).Accepts));
        });
    }

    [Fact]
    public void Reads_and_writes_are_never_in_one_rule()
    {
        var rules = EventRules.For([Selector.Writes("iam.amazonaws.com", "CreateUser"), Selector.Reads("iam.amazonaws.com", "ListUsers")], []);
        Assert.Equal([("ResponseKit-writes", false), ("ResponseKit-reads", true)], rules.Select(rule => (rule.Name, rule.NeedsReads)));
    }

    [Fact]
    public void A_type_of_caller_is_delivered_whatever_he_calls()
    {
        var rule = Assert.Single(EventRules.For([Selector.ByIdentity("Root")], []));
        var call = DetectionExample.Match("a call", "polly.amazonaws.com", "SynthesizeSpeech");
        Assert.True(rule.Accepts(EventPatterns.Envelop((call with { Identity = DetectionExample.RootUser }).ToRecordJson())));
        Assert.False(rule.Accepts(EventPatterns.Envelop(call.ToRecordJson())));
    }

    [Theory]
    [InlineData(DetectionExample.RoleSession, true)]
    [InlineData(DetectionExample.RootUser, true)]
    [InlineData(null, true)]
    [InlineData("""{"type":"AssumedRole","sessionContext":{"sessionIssuer":{"arn":"arn:aws:iam::111122223333:role/ResponseKit-triage2"} } }""", true)]
    [InlineData("""{"type":"AssumedRole","sessionContext":{"sessionIssuer":{"arn":"arn:aws:iam::999922223333:role/ResponseKit-triage"} } }""", true)]
    [InlineData("""{"type":"AssumedRole","sessionContext":{"sessionIssuer":{"arn":"arn:aws:iam::111122223333:role/ResponseKit-triage"} } }""", false)]
    public void Calls_of_own_roles_are_left_out_and_no_others(string? identity, bool isDelivered)
    {
        var rules = EventRules.For([Selector.Writes("iam.amazonaws.com", "CreateUser"), Selector.Writes("ec2.amazonaws.com", "RunInstances")], [Own]);
        var call = DetectionExample.Match("a call", "ec2.amazonaws.com", "RunInstances") with { Identity = identity };
        Assert.Equal(isDelivered, Assert.Single(rules).Accepts(EventPatterns.Envelop(call.ToRecordJson())));
    }

    [Fact]
    public void Own_roles_of_every_function_leave_room()
    {
        ImmutableArray<string> roles = [.. Enumerable.Range(0, 12).Select(index => $"{Own}-of-a-function-with-a-long-name-{index}")];
        var rules = EventRules.For(Observer.Selectors, roles);
        Assert.All(rules, rule => Assert.InRange(rule.Pattern.Length, 1, 2048));
        Assert.InRange(rules.Length, 1, 60);
    }

    [Fact]
    public void More_roles_than_fit_are_refused() => Assert.Throws<ArgumentException>(
        () => EventRules.For([Selector.Writes("iam.amazonaws.com", "CreateUser")], [.. Enumerable.Range(0, 60).Select(index => $"{Own}-{index}")]));

    private static IEnumerable<(string Source, string Name, bool ReadOnly)> CallsOf(IEnumerable<Selector> selectors) =>
        selectors.SelectMany(selector => selector.EventNames.Select(name => (selector.EventSource, name, selector.ReadOnly)));

    private static IEnumerable<Selector> Halves(Selector selector) => selector.EventNames.Select(name => selector with { EventNames = [name] });

    private static IEnumerable<(string Name, string Pattern)> Texts(ImmutableArray<EventRule> rules) => rules.Select(rule => (rule.Name, rule.Pattern));

    // EventBridge API Reference, "PutRule".
    [GeneratedRegex("^[.\\-_A-Za-z0-9]{1,64}$")]
    private static partial Regex Name();
}
