using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using ResponseKit.Correlation;
using ResponseKit.Records;
using ResponseKit.Replay.Scanning;
using ResponseKit.Tests.Records;

namespace ResponseKit.Tests.Replay.Reading;

/// <summary>Whatever form records are kept in, they are the same records.</summary>
public sealed class LogFormsTests
{
    private static readonly RecordFilter Listening =
        RecordFilter.For(Observer.Selectors, Observer.Selectors.Select(selector => selector.IdentityType).OfType<string>()).WithServicesOnlyFor(Observer.SelectorsOfServices);

    public static TheoryData<string> Whole => [.. LogForms.Whole.Keys];

    public static TheoryData<string> Parted => [.. LogForms.Parted.Keys];

    private static Gen<JsonNode?> Value(int depth) => depth == 0
        ? Gen.Elements<Func<JsonNode?>>(() => null, () => true, () => 7, () => "text", () => "{\"Version\":\"2012-10-17\"}", () => "a, b=c", () => "é\u2028<&>\"\\", () => "[no list").Select(make => make())
        : Gen.Frequency(
            (3, Value(0)),
            (1, Properties.TextOf("abXY", 1, 4).ArrayOf(2).SelectMany(names => Value(depth - 1).ArrayOf(2).Select(values =>
                (JsonNode?)new JsonObject(names.Zip(values).DistinctBy(member => member.First).Select(member => new KeyValuePair<string, JsonNode?>(member.First, member.Second?.DeepClone())))))),
            (1, Value(depth - 1).ArrayOf(2).Select(values => (JsonNode?)new JsonArray([.. values.Select(value => value?.DeepClone())]))));

    private static Gen<JsonObject> Record =>
        from name in Gen.Elements("RunInstances", "CreateUser", "DescribeRegions", "PutRolePolicy", "ConsoleLogin")
        from parameters in Value(3)
        from answer in Value(2)
        from agent in Gen.Elements("aws-cli/2.15 (\"x\", [y])", "Boto3", "a\\b\u00e9")
        from no in Gen.Choose(0, 999_999_999)
        from type in Gen.Elements("Root", "IAMUser")
        select new JsonObject
        {
            ["eventVersion"] = "1.11",
            ["userIdentity"] = new JsonObject
            {
                ["type"] = type,
                ["principalId"] = "AIDAFORMS",
                ["arn"] = "arn:aws:iam::111122223333:user/forms",
                ["accountId"] = "111122223333",
                ["accessKeyId"] = "AKIAFORMS000000000000",
                ["userName"] = "forms",
                ["sessionContext"] = new JsonObject { ["attributes"] = new JsonObject { ["mfaAuthenticated"] = "false", ["creationDate"] = "2026-02-03T01:00:00Z" } },
            },
            ["eventTime"] = "2026-02-03T04:05:06Z",
            ["eventSource"] = name is "CreateUser" or "PutRolePolicy" ? "iam.amazonaws.com" : name == "ConsoleLogin" ? "signin.amazonaws.com" : "ec2.amazonaws.com",
            ["eventName"] = name,
            ["awsRegion"] = "us-east-1",
            ["sourceIPAddress"] = "192.0.2.7",
            ["userAgent"] = agent,
            ["requestParameters"] = parameters is JsonObject ? parameters : null,
            ["responseElements"] = answer is JsonObject ? answer : null,
            ["eventID"] = $"00000000-0000-4000-8000-{no:000000000000}",
            ["readOnly"] = false,
            ["recipientAccountId"] = "111122223333",
        };

    private static Gen<List<JsonObject>> Records => Record.ListOf(3).Select(records => records.DistinctBy(record => record["eventID"]!.GetValue<string>()).ToList());

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_record_is_the_same_in_every_form(string form) => Properties.Holds(Records, records =>
    {
        var read = ReadText.Of(LogForms.Whole[form](records));
        Assert.Equal("", read.Skipped);
        Assert.Equal(records.Count, read.Summary.Records);
        return records.Count == read.Records.Count && records.Zip(read.Records).All(pair => JsonNode.DeepEquals(pair.First, pair.Second));
    });

    [Theory]
    [MemberData(nameof(Parted))]
    public void Members_as_text_and_names_of_tables_give_the_same_record(string form) => Properties.Holds(Records, records =>
    {
        var read = ReadText.Of(LogForms.Parted[form](records));
        Assert.Equal("", read.Skipped);
        Assert.Equal(records.Count, read.Summary.Records);
        return records.Zip(read.Results).All(pair => IsSame(pair.First, Assert.IsType<ParseResult.Parsed>(pair.Second).Record))
            && records.Zip(read.Records).All(pair => new[] { "userIdentity", "requestParameters", "responseElements" }.All(name => JsonNode.DeepEquals(pair.First[name], pair.Second[name])));
    });

    [Theory]
    [MemberData(nameof(Whole))]
    [MemberData(nameof(Parted))]
    public void What_detections_listen_to_is_found_in_every_form(string form) => Properties.Holds(Records, records =>
    {
        var write = LogForms.Whole.TryGetValue(form, out var whole) ? whole : LogForms.Parted[form];
        var wanted = Ids(ReadText.Of(LogForms.Whole["a log file"](records), Listening).Records);
        var read = ReadText.Of(write(records), Listening);
        return read.Summary.Records == records.Count && wanted.IsSubsetOf(Ids(read.Records));
    });

    [Theory]
    [MemberData(nameof(Whole))]
    [MemberData(nameof(Parted))]
    public void Damage_is_told_and_throws_nothing(string form)
    {
        var write = LogForms.Whole.TryGetValue(form, out var whole) ? whole : LogForms.Parted[form];
        var damage = from records in Records
                     from cut in Gen.Choose(0, 1000)
                     from at in Gen.Choose(0, 1000)
                     from with in Gen.Choose(0, 255)
                     select (records, cut, at, with);
        Properties.Holds(damage, one =>
        {
            var bytes = write(one.records);
            if (bytes.Length == 0)
                return true;
            bytes = bytes[..(bytes.Length - ((bytes.Length - 1) * one.cut / 1000))];
            bytes[(bytes.Length - 1) * one.at / 1000] = (byte)one.with;
            var read = ReadText.Of(bytes);
            // Whether anything is left out can be told only where nothing was read.
            return read.Summary.Records > 0 || read.Skipped.Length > 0 || Encoding.UTF8.GetString(bytes).Contains('[', StringComparison.Ordinal);
        });
    }

    private static HashSet<string> Ids(IEnumerable<JsonNode> records) => [.. records.Select(record => record["eventID"]!.GetValue<string>())];

    private static bool IsSame(JsonObject written, CloudTrailRecord read)
    {
        var record = Sample.Parsed(written.ToJsonString());
        return record.EventId == read.EventId && record.Time == read.Time && record.EventName == read.EventName && record.EventSource == read.EventSource
            && record.Actor == read.Actor && record.AccessKeyId == read.AccessKeyId && record.SessionIssued == read.SessionIssued && record.UserAgent == read.UserAgent
            && record.Account == read.Account && record.ReadOnly == read.ReadOnly;
    }
}
