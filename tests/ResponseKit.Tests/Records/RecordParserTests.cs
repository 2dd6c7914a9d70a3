using System.Text;
using System.Text.Json;
using ResponseKit.Actors;
using ResponseKit.Records;

namespace ResponseKit.Tests.Records;

public sealed class RecordParserTests
{
    private static readonly Sample Any = new();

    [Fact]
    public void Reads_a_bare_record()
    {
        var record = Any.Record();

        Assert.Equal("00000000-0000-4000-8000-000000000002", record.EventId);
        Assert.Equal(new DateTimeOffset(2025, 11, 2, 10, 0, 0, TimeSpan.Zero), record.Time);
        Assert.Equal(("ec2.amazonaws.com", "RunInstances", "us-east-1", Sample.Account), (record.EventSource, record.EventName, record.Region, record.Account));
        Assert.Equal(new Actor.User(Sample.Account, "ci-bot"), record.Actor);
        Assert.Equal(("AKIAEXAMPLEEXAMPLE00", "203.0.113.7", "example", false), (record.AccessKeyId, record.SourceAddress, record.UserAgent, record.ReadOnly));
        Assert.IsType<CallOutcome.Succeeded>(record.Outcome);
        Assert.Null(record.SessionIssued);
        Assert.False(record.Request.IsPresent);
    }

    [Theory]
    [InlineData("AWS API Call via CloudTrail", "aws.ec2")]
    [InlineData("AWS Console Sign In via CloudTrail", "aws.signin")]
    [InlineData("AWS Console Signin via CloudTrail", "aws.signin")]
    [InlineData("AWS Service Event via CloudTrail", "aws.ecs")]
    public void Reads_a_record_in_its_envelope(string type, string source) =>
        Assert.Equal(Any.Record().EventId, Sample.Parsed(Any.InEnvelope(type: type, source: source)).EventId);

    [Fact]
    public void Reads_a_detail_without_an_envelope() => Assert.Equal("RunInstances", Sample.Parsed($$"""{"detail":{{Any.ToJson()}}}""").EventName);

    [Fact]
    public void Reads_a_file_with_a_byte_order_mark() => Assert.IsType<ParseResult.Parsed>(Sample.Parse('\uFEFF' + Any.ToJson()));

    [Fact]
    public void Reads_a_record_whose_parameters_are_omitted()
    {
        var record = Sample.Parsed(Any.ToJson().Replace("\"requestParameters\":null,\"responseElements\":null,", ""));
        Assert.False(record.Request["instancesSet"].IsPresent);
        Assert.Empty(record.Response["instancesSet"].List);
    }

    [Fact]
    public void Knows_when_a_session_was_opened() => Assert.Equal(
        new DateTimeOffset(2025, 11, 2, 9, 30, 0, TimeSpan.Zero), (Any with { Identity = Identities.Role() }).Record().SessionIssued);

    [Theory]
    [InlineData("AccessDenied", typeof(CallOutcome.Denied))]
    [InlineData("Client.UnauthorizedOperation", typeof(CallOutcome.Denied))]
    [InlineData("Client.DryRunOperation", typeof(CallOutcome.DryRun))]
    [InlineData("Client.VcpuLimitExceeded", typeof(CallOutcome.Failed))]
    [InlineData("", typeof(CallOutcome.Succeeded))]
    public void Knows_how_the_call_ended(string code, Type outcome) => Assert.IsType(outcome, (Any with { ErrorCode = code }).Record().Outcome);

    [Fact]
    public void A_failed_sign_in_is_no_success_though_it_has_no_error_code() => Assert.IsType<CallOutcome.Denied>(
        (Any with { EventName = "ConsoleLogin", EventSource = "signin.amazonaws.com", Response = """{"ConsoleLogin":"Failure"}""" }).Record().Outcome);

    [Fact]
    public void The_record_outlives_the_document_it_was_read_from()
    {
        ParseResult result;
        using (var document = JsonDocument.Parse((Any with { Request = """{"instanceType":"p4d.24xlarge"}""" }).ToJson()))
            result = RecordParser.Parse(document.RootElement);
        Assert.Equal("p4d.24xlarge", Assert.IsType<ParseResult.Parsed>(result).Record.Request["instanceType"].Text);
    }

    [Theory]
    [InlineData("2025-11-02T10:00:00Z")]
    [InlineData("2025-11-02T10:00:00.000Z")]
    [InlineData("2025-11-02T12:00:00+02:00")]
    [InlineData("2025-11-02 10:00:00")]
    [InlineData("2025-11-02 10:00:00.000")]
    [InlineData("2025-11-02 10:00:00.000000000")]
    public void Reads_the_time_in_UTC(string time)
    {
        var record = (Any with { Time = time }).Record();
        Assert.Equal(new DateTimeOffset(2025, 11, 2, 10, 0, 0, TimeSpan.Zero), record.Time);
        Assert.Equal(TimeSpan.Zero, record.Time.Offset);
    }

    [Fact]
    public void Reads_nanoseconds_down_to_a_hundred_of_them() => Assert.Equal(
        new DateTimeOffset(2025, 1, 21, 17, 49, 47, TimeSpan.Zero).AddTicks(1234567), (Any with { Time = "2025-01-21 17:49:47.123456789" }).Record().Time);

    [Theory]
    [InlineData("not-an-access-key", null)]
    [InlineData("", null)]
    [InlineData("ASIAEXAMPLEEXAMPLE00", "ASIAEXAMPLEEXAMPLE00")]
    public void Takes_only_what_can_be_an_access_key_id(string key, string? read) =>
        Assert.Equal(read, (Any with { Identity = Identities.User(key: key) }).Record().AccessKeyId);

    [Fact]
    public void Half_a_surrogate_pair_in_a_name_hides_nothing()
    {
        var record = (Any with { Request = """{"a":"x\ud800y","b":"\\ud800","c":"\ud83d\ude00","\udfff":1,"d":"\ud800\ud800"}""" }).Record();
        Assert.Equal("x\uFFFDy", record.Request["a"].Text);
        Assert.Equal("\\ud800", record.Request["b"].Text);
        Assert.Equal("😀", record.Request["c"].Text);
        Assert.Equal(1, record.Request["\uFFFD"].Number);
        Assert.Equal("\uFFFD\uFFFD", record.Request["d"].Text);
    }

    [Fact]
    public void Bytes_that_are_no_text_hide_nothing()
    {
        var json = Encoding.Latin1.GetBytes((Any with { Request = "{\"a\":\"x\u00FFy\"}" }).ToJson());
        var record = Assert.IsType<ParseResult.Parsed>(RecordParser.Parse(json)).Record;
        Assert.Equal("x\uFFFDy", record.Request["a"].Text);
    }

    [Fact]
    public void Reads_a_record_of_almost_a_megabyte() =>
        Assert.IsType<ParseResult.Parsed>(Sample.Parse((Any with { Request = $$"""{"a":"{{new string('x', 1_000_000)}}"}""" }).ToJson()));
}
