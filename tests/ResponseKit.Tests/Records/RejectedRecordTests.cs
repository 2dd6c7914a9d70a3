using System.Text;
using System.Text.Json;
using ResponseKit.Records;

namespace ResponseKit.Tests.Records;

/// <summary>Records that must lead to nothing but a reasoned line.</summary>
public sealed class RejectedRecordTests
{
    private static readonly Sample Any = new();

    [Fact]
    public void A_forged_account_in_the_envelope_is_not_believed() =>
        Assert.Contains("from account '999999999999', the record of '111122223333'", Sample.Rejection(Any.InEnvelope(account: "999999999999")), StringComparison.Ordinal);

    [Fact]
    public void Where_the_recipient_is_missing_the_identity_tells_the_account()
    {
        var sample = Any with { Recipient = null };
        Assert.Equal(Sample.Account, Sample.Parsed(sample.InEnvelope()).Account);
        Assert.Contains("from account", Sample.Rejection(sample.InEnvelope(account: "999999999999")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("com.example.forged")]
    [InlineData("myaws.ec2")]
    [InlineData("aws")]
    public void An_event_that_AWS_did_not_send_is_not_believed(string source) =>
        Assert.Contains($"the source is '{source}'", Sample.Rejection(Any.InEnvelope(source: source)), StringComparison.Ordinal);

    [Fact]
    public void Another_sort_of_event_is_no_record() =>
        Assert.Contains("detail-type is 'GuardDuty Finding'", Sample.Rejection(Any.InEnvelope(type: "GuardDuty Finding")), StringComparison.Ordinal);

    [Theory]
    [InlineData("account")]
    [InlineData("source")]
    [InlineData("detail-type")]
    public void An_envelope_with_a_part_missing_is_not_believed(string part) =>
        Assert.IsType<ParseResult.Rejected>(Sample.Parse(Any.InEnvelope().Replace($"\"{part}\":", $"\"not-{part}\":")));

    [Theory]
    [InlineData("\"2.0\"", "'2.0'")]
    [InlineData("\"11\"", "'11'")]
    [InlineData("1.11", "'1.11'")]
    [InlineData("null", "missing")]
    public void An_unknown_version_is_not_guessed_at(string version, string shown) =>
        Assert.Contains($"eventVersion is {shown}, and only 1.x is known", Sample.Rejection((Any with { Version = version }).ToJson()), StringComparison.Ordinal);

    [Theory]
    [InlineData("eventID")]
    [InlineData("eventTime")]
    [InlineData("eventName")]
    [InlineData("eventSource")]
    [InlineData("awsRegion")]
    public void A_record_without_its_essentials_is_rejected(string field) =>
        Assert.Contains($"{field} is missing", Sample.Rejection(Any.ToJson().Replace($"\"{field}\"", $"\"not-{field}\"")), StringComparison.Ordinal);

    [Theory]
    [InlineData("eventID", "two words")]
    [InlineData("eventTime", "yesterday")]
    [InlineData("eventTime", "Nov 2, 2025 10:00:00 AM")]
    [InlineData("eventTime", "2025-11-02 10:00:00.00000000000")]
    [InlineData("eventTime", "0001-01-01T00:00:00Z")]
    [InlineData("eventTime", "9999-12-31T23:59:59Z")]
    [InlineData("eventName", "Run Instances")]
    [InlineData("eventSource", "EC2.amazonaws.com")]
    [InlineData("awsRegion", "us east")]
    public void An_essential_that_cannot_be_is_rejected(string field, string value)
    {
        var json = JsonSerializer.Deserialize<Dictionary<string, object>>(Any.ToJson())!;
        json[field] = value;
        Assert.Contains($"{field} is '{value}', not", Sample.Rejection(JsonSerializer.Serialize(json)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("11112222333a")]
    [InlineData("１１１１２２２２３３３３")]
    public void An_account_that_is_not_twelve_digits_is_rejected(string account) =>
        Assert.Contains($"the account is {account}", Sample.Rejection((Any with { Recipient = account }).ToJson()), StringComparison.Ordinal);

    [Fact]
    public void A_record_without_any_account_is_rejected() =>
        Assert.Contains("(nothing)", Sample.Rejection((Any with { Recipient = null, Identity = "null" }).ToJson()), StringComparison.Ordinal);

    [Fact]
    public void A_truncated_record_is_rejected_wherever_it_was_cut()
    {
        var json = Any.InEnvelope();
        for (var length = 0; length < json.Length - 1; length++)
            Assert.Contains("is no JSON", Sample.Rejection(json[..length]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"record\"")]
    [InlineData("{}")]
    [InlineData("""{"detail":{}}""")]
    [InlineData("""{"detail":7,"detail-type":"x via CloudTrail","source":"aws.ec2","account":"111122223333"}""")]
    public void Any_other_JSON_is_rejected(string json) => Assert.IsType<ParseResult.Rejected>(Sample.Parse(json));

    [Fact]
    public void More_than_a_mebibyte_is_not_read() => Assert.Contains(
        "1048576 that are read", Sample.Rejection((Any with { Request = $"\"{new string('x', 1 << 20)}\"" }).ToJson()), StringComparison.Ordinal);

    [Fact]
    public void Nesting_without_end_is_rejected() =>
        Assert.IsType<ParseResult.Rejected>(Sample.Parse((Any with { Request = new string('[', 5000) + new string(']', 5000) }).ToJson()));

    [Fact]
    public void An_undefined_value_is_rejected() => Assert.IsType<ParseResult.Rejected>(RecordParser.Parse(default(JsonElement)));

    [Fact]
    public void A_reason_names_the_event_and_cannot_forge_a_log_line()
    {
        var hostile = "a\\nWARN forged\\u001b[2J\\u202e" + new string('z', 5000);
        var reason = Sample.Rejection((Any with { Version = $"\"{hostile}\"", EventId = hostile }).ToJson());
        Assert.Contains("Event a\\u000AWARN", reason, StringComparison.Ordinal);
        Assert.True(reason.Length < 300, reason);
        Assert.DoesNotContain(reason, character => char.IsControl(character) || character == '\u202e');
    }

    [Fact]
    public void Random_bytes_never_make_it_throw()
    {
        var random = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            Assert.IsType<ParseResult.Rejected>(RecordParser.Parse(bytes));
        }
    }

    [Fact]
    public void A_record_with_bytes_changed_never_makes_it_throw()
    {
        var original = Encoding.UTF8.GetBytes((Any with { Identity = Identities.Role() }).InEnvelope());
        const string Structure = "{}[]\",:\\u0nt1e.\u00FF";
        var random = new Random(2);
        for (var round = 0; round < 5000; round++)
        {
            var bytes = original.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)Structure[random.Next(Structure.Length)];
            if (RecordParser.Parse(bytes) is ParseResult.Parsed(var record))
                Assert.Equal((12, true), (record.Account.Length, record.Actor.Key.Length > 0));
        }
    }
}
