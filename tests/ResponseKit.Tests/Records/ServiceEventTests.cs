using System.Text;
using System.Text.Json.Nodes;
using ResponseKit.Actors;
using ResponseKit.Records;

namespace ResponseKit.Tests.Records;

public sealed class ServiceEventTests
{
    private const string Key = """{"accessKeyId":"AKIAEXAMPLEEXAMPLE00","principalId":"AIDAEXAMPLE","userType":"IAMUser","userName":"leaked"}""";

    [Fact]
    public void Reads_a_finding_of_GuardDuty_s_as_if_the_user_had_made_a_call()
    {
        var record = Sample.Parsed(Finding());

        Assert.Equal(("aws.guardduty", "GuardDuty Finding", "eu-west-1", Sample.Account), (record.EventSource, record.EventName, record.Region, record.Account));
        Assert.Equal((new Actor.User(Sample.Account, "leaked"), "AKIAEXAMPLEEXAMPLE00"), (record.Actor, record.AccessKeyId));
        Assert.Equal(new DateTimeOffset(2025, 11, 2, 9, 58, 0, TimeSpan.Zero), record.Time);
        Assert.Equal("76b6bd7a6fa2205baaae644e6970206b/2025-11-02T10:00:00.123Z", record.EventId);
        Assert.Equal("198.51.100.7", record.SourceAddress);
        Assert.IsType<CallOutcome.Succeeded>(record.Outcome);
        Assert.Equal(8.0, record.Root["severity"].Real);
        Assert.True(record.Is("aws.guardduty", "GuardDuty Finding"));
    }

    [Fact]
    public void A_finding_that_was_updated_is_another_event() => Assert.NotEqual(
        Sample.Parsed(Finding()).EventId, Sample.Parsed(Finding().Replace("10:00:00.123Z", "10:15:00.123Z")).EventId);

    [Theory]
    [InlineData("IAMUser", "leaked", "arn:aws:iam::111122223333:user/leaked")]
    [InlineData("AssumedRole", "web", "arn:aws:iam::111122223333:role/web")]
    [InlineData("Role", "web", "arn:aws:iam::111122223333:role/web")]
    [InlineData("Root", "Root", "arn:aws:iam::111122223333:root")]
    [InlineData("FederatedUser", "console", "unknown:111122223333")]
    [InlineData("IAMUser", "no such name!", "unknown:111122223333")]
    [InlineData("Martian", "leaked", "unknown:111122223333")]
    public void Knows_whom_a_finding_is_about(string type, string name, string actor) => Assert.Equal(
        actor, Sample.Parsed(Finding(Key.Replace("IAMUser", type).Replace("leaked", name))).Actor.Key);

    [Theory]
    [InlineData("cn-north-1", "arn:aws-cn:iam::111122223333:user/leaked")]
    [InlineData("us-gov-west-1", "arn:aws-us-gov:iam::111122223333:user/leaked")]
    public void The_region_tells_the_partition(string region, string actor) =>
        Assert.Equal(actor, Sample.Parsed(Finding().Replace("eu-west-1", region)).Actor.Key);

    [Theory]
    [InlineData(
        """[{"user":{"type":"AssumedRole","name":"web","credentialUid":"ASIAEXAMPLEEXAMPLE00"}}]""", "arn:aws:iam::111122223333:role/web", "ASIAEXAMPLEEXAMPLE00")]
    [InlineData("""[{"user":{"type":"IAMUser","name":"a"}},{"user":{"type":"IAMUser","name":"a"}}]""", "arn:aws:iam::111122223333:user/a", null)]
    [InlineData("""[{"user":{"type":"IAMUser","name":"a"}},{"user":{"type":"IAMUser","name":"b"}}]""", "unknown:111122223333", null)]
    [InlineData("""[{"process":{"name":"xmrig"}}]""", "unknown:111122223333", null)]
    [InlineData("7", "unknown:111122223333", null)]
    public void Knows_whom_an_attack_sequence_is_about(string actors, string actor, string? key)
    {
        var record = Sample.Parsed(Finding("null").Replace("\"count\":1", $"\"detection\":{{\"sequence\":{{\"actors\":{actors}}}}}"));
        Assert.Equal((actor, key), (record.Actor.Key, record.AccessKeyId));
    }

    [Fact]
    public void Reads_a_notice_of_AWS_Health_s_as_if_the_user_had_made_a_call()
    {
        var record = Sample.Parsed(Notice());

        Assert.Equal(("aws.health", "AWS Health Event", "us-east-1", Sample.Account), (record.EventSource, record.EventName, record.Region, record.Account));
        Assert.Equal((new Actor.User(Sample.Account, "leaked"), "AKIAEXAMPLEEXAMPLE00"), (record.Actor, record.AccessKeyId));
        Assert.Equal(new DateTimeOffset(2025, 2, 12, 0, 37, 54, TimeSpan.Zero), record.Time);
        Assert.Equal(
            "arn:aws:health:us-east-1::event/RISK/AWS_RISK_CREDENTIALS_EXPOSED/AWS_RISK_CREDENTIALS_EXPOSED-Ab1/2025-02-12T00:37:55.000Z", record.EventId);
    }

    [Theory]
    [InlineData("""[{"entityValue":"leaked"}]""", "arn:aws:iam::111122223333:user/leaked", null)]
    [InlineData("""[{"entityValue":"arn:aws:iam::111122223333:user/ci/leaked"}]""", "arn:aws:iam::111122223333:user/leaked", null)]
    [InlineData("""[{"entityValue":"arn:aws:iam::999988887777:user/leaked"}]""", "unknown:111122223333", null)]
    [InlineData("""[{"entityValue":"AKIAEXAMPLEEXAMPLE00"}]""", "unknown:111122223333", "AKIAEXAMPLEEXAMPLE00")]
    [InlineData("""[{"entityValue":"AKIAEXAMPLEEXAMPLE00"},{"entityValue":"leaked"}]""", "arn:aws:iam::111122223333:user/leaked", "AKIAEXAMPLEEXAMPLE00")]
    [InlineData("""[{"entityValue":"one"},{"entityValue":"two"}]""", "unknown:111122223333", null)]
    [InlineData("""[{"entityValue":"111122223333"},{"entityValue":"UNKNOWN"},{"entityValue":7},null]""", "unknown:111122223333", null)]
    [InlineData("null", "unknown:111122223333", null)]
    public void Where_no_user_is_named_the_entities_tell_whom_a_notice_is_about(string entities, string actor, string? key)
    {
        var record = Sample.Parsed(Notice(entities, metadata: "{}"));
        Assert.Equal((actor, key), (record.Actor.Key, record.AccessKeyId));
    }

    [Fact]
    public void An_id_that_is_too_long_or_holds_a_space_is_hashed()
    {
        var ids = new[] { new string('x', 500), new string('x', 501), "a b" }.Select(id => Sample.Parsed(Notice(id: id)).EventId).ToList();
        Assert.All(ids, id => Assert.Matches("^sha256-[0-9a-f]{64}$", id));
        Assert.Distinct(ids);
    }

    [Theory]
    [InlineData("\"aws.guardduty\"", "\"com.example\"")]
    [InlineData("\"aws.guardduty\"", "\"aws.health\"")]
    [InlineData("\"GuardDuty Finding\"", "\"GuardDuty Findings\"")]
    [InlineData("\"id\":\"76b6bd7a6fa2205baaae644e6970206b\",", "")]
    [InlineData("\"accountId\":\"111122223333\"", "\"accountId\":\"999988887777\"")]
    [InlineData("\"account\":\"111122223333\"", "\"account\":\"1\"")]
    [InlineData("eu-west-1", "Europe")]
    public void What_cannot_be_believed_is_rejected(string part, string instead)
    {
        Assert.Contains(part, Finding(), StringComparison.Ordinal);
        Sample.Rejection(Finding().Replace(part, instead));
    }

    [Fact]
    public void A_finding_without_the_envelope_is_no_record()
    {
        var detail = JsonNode.Parse(Finding())!["detail"]!.ToJsonString();
        Sample.Rejection(detail);
        Sample.Rejection($$"""{"detail":{{detail}}}""");
    }

    [Fact]
    public void A_finding_without_times_is_as_old_as_its_envelope() => Assert.Equal(
        new DateTimeOffset(2025, 11, 2, 10, 0, 5, TimeSpan.Zero),
        Sample.Parsed(Finding().Replace("eventLastSeen", "x").Replace("updatedAt", "y")).Time);

    [Fact]
    public void An_event_with_bytes_changed_never_makes_it_throw()
    {
        const string Structure = "{}[]\",:\\u0nt1e. ";
        var random = new Random(3);
        foreach (var original in new[] { Finding(), Notice() }.Select(Encoding.UTF8.GetBytes))
        {
            for (var round = 0; round < 3000; round++)
            {
                var bytes = original.ToArray();
                for (var change = random.Next(1, 4); change > 0; change--)
                    bytes[random.Next(bytes.Length)] = (byte)Structure[random.Next(Structure.Length)];
                if (RecordParser.Parse(bytes) is ParseResult.Parsed(var record))
                    Assert.Equal((12, true, true), (record.Account.Length, record.Actor.Key.Length > 0, record.EventId.Length is > 0 and <= 128));
            }
        }
    }

    private static string Finding(string key = Key) => $$"""
        {"version":"0","id":"1","detail-type":"GuardDuty Finding","source":"aws.guardduty","account":"111122223333","time":"2025-11-02T10:00:05Z",
        "region":"eu-west-1","resources":[],"detail":{"schemaVersion":"2.0","accountId":"111122223333","region":"eu-west-1","partition":"aws",
        "id":"76b6bd7a6fa2205baaae644e6970206b","type":"UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom","resource":{"resourceType":"AccessKey",
        "accessKeyDetails":{{key}} },"service":{"serviceName":"guardduty","action":{"actionType":"AWS_API_CALL","awsApiCallAction":{"api":"ListBuckets",
        "remoteIpDetails":{"ipAddressV4":"198.51.100.7"} } },"eventFirstSeen":"2025-11-02T09:00:00Z","eventLastSeen":"2025-11-02T09:58:00Z","count":1},
        "severity":8.0,"createdAt":"2025-11-02T09:10:00.123Z","updatedAt":"2025-11-02T10:00:00.123Z","title":"x","description":"y"} }
        """;

    private static string Notice(
        string entities = """[{"entityValue":"AKIAEXAMPLEEXAMPLE00"}]""",
        string metadata = """{"publicKey":"AKIAEXAMPLEEXAMPLE00","userName":"leaked","exposedUrl":"https://example.net/"}""",
        string id = "arn:aws:health:us-east-1::event/RISK/AWS_RISK_CREDENTIALS_EXPOSED/AWS_RISK_CREDENTIALS_EXPOSED-Ab1") => $$"""
        {"version":"0","id":"1","detail-type":"AWS Health Event","source":"aws.health","account":"111122223333","time":"2025-02-12T00:38:36Z",
        "region":"us-east-1","resources":["AKIAEXAMPLEEXAMPLE00"],"detail":{"eventArn":"{{id}}","service":"RISK",
        "eventTypeCode":"AWS_RISK_CREDENTIALS_EXPOSED","eventTypeCategory":"issue","startTime":"Wed, 12 Feb 2025 00:37:54 GMT",
        "lastUpdatedTime":"Wed, 12 Feb 2025 00:37:55 GMT","statusCode":"open","affectedAccount":"111122223333","eventMetadata":{{metadata}},
        "affectedEntities":{{entities}} } }
        """;
}
