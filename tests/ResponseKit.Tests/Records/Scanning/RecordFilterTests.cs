using System.Text;
using ResponseKit.Correlation;
using ResponseKit.Detections;
using ResponseKit.Records;
using ResponseKit.Replay.Scanning;

namespace ResponseKit.Tests.Records.Scanning;

public sealed class RecordFilterTests
{
    private static readonly RecordFilter Filter = RecordFilter.For(Observer.Selectors, "Root");

    private static bool Accepts(string json, RecordFilter? filter = null, bool inLog = true) => (filter ?? Filter).Judge(new()
    {
        Json = Encoding.UTF8.GetBytes(json),
        Index = 0,
        MayHaveEscapes = json.Contains('\\', StringComparison.Ordinal),
        IsInLog = inLog,
    }) == RecordInterest.Possible;

    private static bool IsWanted(string json) =>
        RecordParser.Parse(Encoding.UTF8.GetBytes(json)) is ParseResult.Parsed { Record: var record }
        && (Observer.Selectors.Any(selector => selector.Accepts(record)) || record.Root["userIdentity"]["type"].Text == "Root");

    [Fact]
    public void Accepts_every_record_that_a_selector_accepts_however_it_is_written() =>
        Properties.Holds(RandomLog.Seeds, seed => Accepts(new RandomLog(seed).Record()) || !IsWanted(new RandomLog(seed).Record()));

    [Fact]
    public void Passes_over_what_services_do_all_day_and_nothing_that_somebody_else_does()
    {
        var filter = Filter.WithServicesOnlyFor(Observer.SelectorsOfServices);
        string ByService(string operation, string source = "sts.amazonaws.com") =>
            (new Sample { EventSource = source, EventName = operation, Identity = """{"type":"AWSService","invokedBy":"ec2.amazonaws.com"}""" }).ToJson();
        Assert.True(Accepts(ByService("AssumeRole")));
        Assert.False(Accepts(ByService("AssumeRole"), filter));
        Assert.True(Accepts(new Sample { EventSource = "sts.amazonaws.com", EventName = "AssumeRole" }.ToJson(), filter));
        Assert.True(Accepts(ByService("AttachUserPolicy", "iam.amazonaws.com"), filter));
        // Whoever makes a call chooses its parameters.
        const string Forged = """{"userIdentity":{"type":"AWSService"},"x":"\"userIdentity\":{\"type\":\"AWSService\""}""";
        Assert.True(Accepts(new Sample { EventSource = "sts.amazonaws.com", EventName = "AssumeRole", Request = Forged }.ToJson(), filter));
    }

    [Fact]
    public void Passing_over_services_loses_nothing_that_is_kept() => Properties.Holds(RandomLog.Seeds, seed =>
        Accepts(new RandomLog(seed).Record(), Filter.WithServicesOnlyFor(Observer.SelectorsOfServices))
        || RecordParser.Parse(Encoding.UTF8.GetBytes(new RandomLog(seed).Record())) is not ParseResult.Parsed { Record: var record }
        || Observer.Observe(record, new()) is null);

    [Fact]
    public void Accepts_every_envelope_of_such_a_record() =>
        Properties.Holds(RandomLog.Seeds, seed => Accepts(new RandomLog(seed).Envelope(), inLog: false) || !IsWanted(new RandomLog(seed).Envelope()));

    [Fact]
    public void Accepts_nothing_else_where_no_name_is_escaped_or_repeated() => Properties.Holds(RandomLog.Seeds, seed =>
    {
        var record = new RandomLog(seed, escapes: false, decoys: false).Record();
        return Accepts(record) == IsWanted(record);
    });

    [Fact]
    public void A_third_of_random_records_at_least_is_wanted_and_a_third_is_not()
    {
        var wanted = Enumerable.Range(0, 600).Count(seed => IsWanted(new RandomLog(seed).Record()));

        Assert.InRange(wanted, 200, 400 + 100);
    }

    [Theory]
    [InlineData("ec2.amazonaws.com", "RunInstances", true)]
    [InlineData("ec2.amazonaws.com", "DescribeInstances", false)]
    [InlineData("ec2.amazonaws.com", "RunInstancesNow", false)]
    [InlineData("ec2.amazonaws.com", "RunInstance", false)]
    [InlineData("example.amazonaws.com", "CreateFleet", false)]
    [InlineData("lambda.amazonaws.com", "CreateFunction20150331", true)]
    [InlineData("lambda.amazonaws.com", "AddPermission20150331v2", true)]
    [InlineData("lambda.amazonaws.com", "AddPermission2015", false)]
    [InlineData("lambda.amazonaws.com", "AddPermission20150331v", false)]
    [InlineData("ec2.amazonaws.com", "", false)]
    [InlineData("ec2.amazonaws.com", "RunInstancés", false)]
    public void Tells_calls_by_service_and_operation(string service, string operation, bool accepted) =>
        Assert.Equal(accepted, Accepts(new Sample { EventSource = service, EventName = operation }.ToJson()));

    [Fact]
    public void A_name_in_a_string_is_no_name()
    {
        const string Request = """{"x":"\"eventName\":\"RunInstances\"","y":"eventName","z":["eventName","RunInstances"]}""";

        Assert.False(Accepts(new Sample { EventName = "DescribeInstances", Request = Request }.ToJson()));
    }

    [Fact]
    public void An_operation_as_long_as_the_text_is_no_operation() =>
        Assert.False(Accepts(new Sample { EventName = new string('R', 100_000) }.ToJson()));

    [Theory]
    [InlineData("event\\u004eame", "RunInstances")]
    [InlineData("eventName", "Run\\u0049nstances")]
    [InlineData("eventName", "RunInstances\\u0032\\u0030150331")]
    public void What_is_escaped_is_left_to_the_parser(string name, string value) =>
        Assert.True(Accepts($$"""{"eventSource":"lambda.amazonaws.com","{{name}}":"{{value}}"}"""));

    [Fact]
    public void Usual_escapes_do_not_make_a_record_wanted() =>
        Assert.False(Accepts(new Sample { EventName = "GetObject", Request = """{"x":"a\u003db\u0026c \"d\" \\ \/ \n \u00e9"}""" }.ToJson()));

    [Theory]
    [InlineData("aws.guardduty", false, true)]
    [InlineData("aws\\u002eguardduty", false, true)]
    [InlineData("aws.health", false, false)]
    [InlineData("aws.guardduty", true, false)]
    public void Accepts_other_events_by_their_source(string source, bool inLog, bool accepted)
    {
        var filter = RecordFilter.For([new Selector("aws.guardduty", ["GuardDuty Finding"])]);

        Assert.Equal(accepted, Accepts($$"""{"detail-type":"GuardDuty Finding" , "source" : "{{source}}","detail":{"eventName":"x"} }""", filter, inLog));
    }

    [Theory]
    [InlineData("{}", false)]
    [InlineData("""{"digestStartTime":"2025-11-02T10:00:00Z","source":"aws.ec2"}""", false)]
    [InlineData("""{"eventName":"GetObject"}""", true)]
    [InlineData("""{ "x" : { "eventName" : "GetObject" } }""", true)]
    [InlineData("""{"detail-type":"Scheduled Event","detail":{}}""", true)]
    public void Knows_what_is_no_record_outside_of_a_log(string json, bool isRecord)
    {
        var found = new FoundRecord { Json = Encoding.UTF8.GetBytes(json), Index = 0, MayHaveEscapes = false, IsInLog = false };

        Assert.Equal(isRecord ? RecordInterest.None : RecordInterest.NoRecord, Filter.Judge(found));
        Assert.Equal(isRecord ? RecordInterest.Possible : RecordInterest.NoRecord, RecordFilter.Everything.Judge(found));
    }

    [Fact]
    public void A_telling_member_is_found_wherever_it_stands_in_a_block()
    {
        for (var before = 0; before < 200; before++)
        {
            foreach (var behind in new[] { 0, 1, 3, 60, 64, 200 })
            {
                var (start, end) = ($"{{\"p\":\"{new string('N', before)}\",", $",\"q\":\"{new string('N', behind)}\"}}");
                Assert.True(Accepts($"{start}\"eventSource\":\"ec2.amazonaws.com\",\"eventName\":\"RunInstances\"{end}"));
                Assert.True(Accepts($"{start}\"type\":\"Root\"{end}"));
                Assert.False(Accepts($"{start}\"eventSource\":\"ec2.amazonaws.com\",\"eventName\":\"GetInstances\"{end}"));
            }
        }
    }

    [Fact]
    public void Accepts_everything_for_those_who_want_everything() => Assert.True(Accepts("{\"eventName\":\"Whatever\"}", RecordFilter.Everything));

    [Fact]
    public void Accepts_everything_for_callers_that_cannot_be_found_by_their_bytes() => Assert.Same(RecordFilter.Everything, RecordFilter.For([], "a-b"));

    [Fact]
    public void A_selector_of_all_services_accepts_the_operation_of_any()
    {
        var filter = RecordFilter.For([new Selector("*", ["CreateUser"]), new Selector("iam.amazonaws.com", ["CreateUser"])]);

        Assert.True(Accepts(new Sample { EventSource = "transfer.amazonaws.com", EventName = "CreateUser" }.ToJson(), filter));
        Assert.False(Accepts(new Sample { EventSource = "transfer.amazonaws.com", EventName = "ListUsers" }.ToJson(), filter));
    }

    [Fact]
    public void A_caller_that_is_watched_is_accepted_whatever_it_calls()
    {
        var sample = new Sample { EventName = "DescribeInstances", Identity = """{ "type" : "Root" }""" };

        Assert.True(Accepts(sample.ToJson()));
        Assert.False(Accepts(sample.ToJson(), RecordFilter.For(Observer.Selectors)));
    }
}
