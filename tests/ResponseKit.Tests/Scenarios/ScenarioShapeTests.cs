using System.Text;
using System.Text.Json;
using ResponseKit.Actors;
using ResponseKit.Records;
using ResponseKit.Scenarios;

namespace ResponseKit.Tests.Scenarios;

public sealed class ScenarioShapeTests
{
    public static TheoryData<string> Ids => [.. ScenarioCatalogue.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_record_is_one_that_the_product_reads_and_agrees_with_its_label(string id)
    {
        foreach (var record in ScenarioCatalogue.Find(id).Records)
        {
            var parsed = Assert.IsType<ParseResult.Parsed>(RecordParser.Parse(Encoding.UTF8.GetBytes(record.Json))).Record;
            Assert.Equal(record.Time, parsed.Time);
            if (parsed.Actor is Actor.User or Actor.Role or Actor.Root)
                Assert.Equal(WithoutPath(record.Actor), parsed.Actor.Key);
            else
                Assert.False(record.IsAttack, $"Whose is it? {record.Json}");
            Assert.DoesNotContain('\n', record.Json);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_record_has_what_cloudtrail_writes(string id)
    {
        foreach (var record in ScenarioCatalogue.Find(id).Records)
        {
            using var document = JsonDocument.Parse(record.Json);
            var root = document.RootElement;
            string[] always =
            [
                "eventVersion", "userIdentity", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress", "userAgent", "requestParameters",
                    "responseElements", "eventID", "readOnly", "eventType",
                "managementEvent", "recipientAccountId", "eventCategory",
            ];
            Assert.All(always, name => Assert.True(root.TryGetProperty(name, out _), $"{name} is missing: {record.Json}"));
            var source = root.GetProperty("eventSource").GetString();
            if (source is "iam.amazonaws.com" or "organizations.amazonaws.com")
                Assert.Equal("us-east-1", root.GetProperty("awsRegion").GetString());
            Assert.DoesNotContain("{command}", record.Json, StringComparison.Ordinal);
            Assert.DoesNotContain("(now)", record.Json, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Addresses_are_for_documentation_or_private_or_services(string id) => Assert.All(
        ScenarioCatalogue.Find(id).Records.Select(Address).Distinct(),
        address => Assert.Matches(@"^(192\.0\.2\.\d+|198\.51\.100\.\d+|203\.0\.113\.\d+|10\.\d+\.\d+\.\d+|[a-z0-9-]+\.amazonaws\.com)$", address));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Times_ascend(string id)
    {
        var times = ScenarioCatalogue.Find(id).Records.Select(record => record.Time).ToList();
        Assert.Equal(times.Order(), times);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Event_ids_are_unique_within_an_account(string id)
    {
        var ids = ScenarioCatalogue.Find(id).Records.Select(record => Text(record, "eventID")).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_attacker_is_hidden_among_more_than_twice_as_many_other_principals(string id)
    {
        var scenario = ScenarioCatalogue.Find(id);
        Assert.InRange(scenario.Records.Length, 300, 3500);
        Assert.Equal(scenario.IsAttack, !scenario.Attackers.IsEmpty);
        Assert.Equal(scenario.IsAttack, scenario.Records.Any(record => record.IsAttack));
        Assert.All(scenario.Attackers, attacker => Assert.Contains(scenario.Records, record => record.Actor == attacker && record.IsAttack));
        Assert.Empty(scenario.Attackers.Intersect(scenario.Planted));
        var honest = scenario.Records.Select(record => record.Actor).Distinct().Except(scenario.Attackers).ToList();
        Assert.True(honest.Count > 2 * scenario.Attackers.Length, string.Join(", ", honest));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Most_records_but_an_attackers_only_read(string id)
    {
        var honest = ScenarioCatalogue.Find(id).Records.Where(record => !record.IsAttack).ToList();
        Assert.True(honest.Count(record => Text(record, "readOnly") == "True") > honest.Count / 2);
    }

    // What an attack's records name beside the attackers are service-linked roles at work.
    [Theory]
    [MemberData(nameof(Ids))]
    public void Nobody_is_to_blame_but_attackers_and_services(string id)
    {
        var scenario = ScenarioCatalogue.Find(id);
        var others = scenario.Records.Where(record => record.IsAttack).Select(record => record.Actor).Except(scenario.Attackers);
        Assert.All(others, actor => Assert.Contains("/aws-service-role/", actor, StringComparison.Ordinal));
        Assert.DoesNotContain(scenario.Attackers, attacker => attacker.Contains("/aws-service-role/", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_scenario_comes_out_the_same_every_time(string id)
    {
        var again = ScenarioCatalogue.Make(id);
        Assert.NotSame(ScenarioCatalogue.Find(id), again);
        Assert.Equal(ScenarioCatalogue.Find(id).Records.AsEnumerable(), again.Records);
        Assert.Equal(ScenarioCatalogue.Find(id).Attackers.AsEnumerable(), again.Attackers);
    }

    [Fact]
    public void An_unknown_id_is_answered_with_the_known_ones()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => ScenarioCatalogue.Find("nothing"));
        Assert.Contains("slow-attacker", error.Message, StringComparison.Ordinal);
    }

    // The product knows users and roles by their names, which are unique whatever their path.
    private static string WithoutPath(string arn) => arn.Contains('/', StringComparison.Ordinal) ? $"{arn.Split('/')[0]}/{arn.Split('/')[^1]}" : arn;

    private static string Address(LabelledRecord record) => Text(record, "sourceIPAddress");

    private static string Text(LabelledRecord record, string name)
    {
        using var document = JsonDocument.Parse(record.Json);
        return document.RootElement.GetProperty(name).ToString();
    }
}
