using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using ResponseKit.Records;
using ResponseKit.Tests.Detections;
using ResponseKit.Tests.Rules;

namespace ResponseKit.Tests.Records;

/// <summary>What triage takes: events as EventBridge delivers them, and nothing that somebody else could have written.</summary>
public sealed class DeliveredTests
{
    private static readonly Sample Any = Sample.Of("iam", "CreateUser", """{"userName":"x"}""");

    private static string Delivered => Any.InEnvelope(source: "aws.iam");

    [Theory]
    [MemberData(nameof(Examples.Rows), MemberType = typeof(Examples))]
    public void Every_example_is_taken_in_its_envelope(string id, string name)
    {
        var example = Examples.Find(id, name).Example;
        if (example.RecordIfBelieved() is { } record)
            Assert.Equal(record.EventId, Assert.IsType<ParseResult.Parsed>(Parse(EventPatterns.Envelop(example.ToRecordJson()))).Record.EventId);
    }

    [Theory]
    [InlineData("AWS API Call via CloudTrail")]
    [InlineData("AWS Console Action via CloudTrail")]
    [InlineData("AWS Console Sign In via CloudTrail")]
    [InlineData("AWS Console Signin via CloudTrail")]
    [InlineData("AWS Service Event via CloudTrail")]
    public void Every_sort_that_the_rules_deliver_is_taken(string type) => Assert.IsType<ParseResult.Parsed>(Parse(Any.InEnvelope(source: "aws.iam", type: type)));

    [Theory]
    [InlineData("monitoring", "aws.cloudwatch")]
    [InlineData("monitoring", "aws.monitoring")]
    [InlineData("elasticmapreduce", "aws.emr")]
    public void A_source_that_does_not_follow_from_the_service_s_name_is_known(string service, string source) =>
        Assert.IsType<ParseResult.Parsed>(Parse(Sample.Of(service, "Anything").InEnvelope(source: source)));

    [Theory]
    [InlineData("aws.ec2", "and the record of 'iam.amazonaws.com'")]
    [InlineData("aws.", "and the record of")]
    [InlineData("my.app", "and the record of")]
    [InlineData("AWS.iam", "and the record of")]
    public void A_source_of_another_service_is_refused(string source, string problem) =>
        Assert.Contains(problem, Rejection(Any.InEnvelope(source: source)), StringComparison.Ordinal);

    [Theory]
    [InlineData("AWS Insight via CloudTrail")]
    [InlineData("Forged via CloudTrail")]
    [InlineData("AWS API Call via CloudTrail ")]
    [InlineData("GuardDuty Finding")]
    public void A_sort_that_no_rule_delivers_is_refused(string type) =>
        Assert.Contains("which no rule delivers", Rejection(Any.InEnvelope(source: "aws.iam", type: type)), StringComparison.Ordinal);

    [Fact]
    public void A_record_of_another_account_than_the_envelope_s_is_refused() =>
        Assert.Contains("from account '444455556666'", Rejection(Any.InEnvelope(account: "444455556666", source: "aws.iam")), StringComparison.Ordinal);

    [Fact]
    public void A_record_without_recipient_is_refused_though_its_caller_is_of_the_account() => Assert.Contains(
        "the record for", Rejection((Any with { Recipient = null }).InEnvelope(source: "aws.iam")), StringComparison.Ordinal);

    [Theory]
    [InlineData("id")]
    [InlineData("time")]
    [InlineData("region")]
    [InlineData("account")]
    [InlineData("source")]
    [InlineData("detail-type")]
    [InlineData("detail")]
    public void An_envelope_that_lacks_anything_is_refused(string member)
    {
        Assert.IsType<ParseResult.Parsed>(Parse(Delivered));
        Assert.Contains("is missing", Rejection(Delivered.Replace($"\"{member}\":", $"\"not-{member}\":", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_without_envelope_is_refused_here_and_read_in_replay()
    {
        Assert.Contains("is missing", Rejection(Any.ToJson()), StringComparison.Ordinal);
        Assert.Contains("is missing", Rejection($$"""{"detail":{{Any.ToJson()}}}"""), StringComparison.Ordinal);
        Assert.IsType<ParseResult.Parsed>(Sample.Parse(Any.ToJson()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    public void What_is_no_event_is_refused(string text) => Assert.EndsWith(".", Rejection(text), StringComparison.Ordinal);

    [Fact]
    public void Whatever_comes_is_taken_or_refused_with_a_harmless_sentence() => Properties.Holds(
        from text in Properties.Hostile
        let inside = JsonSerializer.Serialize(text)[1..^1]
        select Any.InEnvelope(account: inside, source: inside),
        text => Parse(text) is ParseResult.Rejected(var reason) && !reason.Any(char.IsControl));

    private static ParseResult Parse(string text) => RecordParser.ParseDelivered(Encoding.UTF8.GetBytes(text));

    private static string Rejection(string text) => Assert.IsType<ParseResult.Rejected>(Parse(text)).Reason;
}
