using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ResponseKit.Records;
using ResponseKit.Scenarios;

namespace ResponseKit.Tests.Scenarios;

public sealed class VariationTests
{
    private static readonly string[] Telling = ["getsessiontoken-chain", "federation-ses-takeover", "hijacked-role", "terraform-estate", "org-account-vending"];

    public static TheoryData<string> Some => [.. Telling];

    [Theory]
    [MemberData(nameof(Some))]
    public void Shuffling_holds_records_back_and_changes_none(string id)
    {
        var before = ScenarioCatalogue.Find(id);
        var after = Variations.Shuffle(before, TimeSpan.FromMinutes(10), 7);
        Assert.NotEqual(before.Records.AsEnumerable(), after.Records.AsEnumerable());
        Assert.Equal(before.Records.Order(ByJson), after.Records.Order(ByJson));
        var latest = DateTimeOffset.MinValue;
        foreach (var record in after.Records)
        {
            Assert.True(latest - record.Time <= TimeSpan.FromMinutes(10), record.Json);
            latest = latest > record.Time ? latest : record.Time;
        }

        Assert.Equal(after.Records.AsEnumerable(), Variations.Shuffle(before, TimeSpan.FromMinutes(10), 7).Records);
        Assert.NotEqual(after.Records.AsEnumerable(), Variations.Shuffle(before, TimeSpan.FromMinutes(10), 8).Records);
    }

    [Fact]
    public void Duplicating_repeats_a_fraction_and_loses_nothing()
    {
        var before = ScenarioCatalogue.Find("slow-attacker");
        var after = Variations.Duplicate(before, 0.2, 3);
        Assert.InRange(after.Records.Length, before.Records.Length * 1.1, before.Records.Length * 1.3);
        Assert.Equal(before.Records, after.Records.Distinct());
        Assert.All(after.Records.CountBy(record => record), pair => Assert.InRange(pair.Value, 1, 2));
    }

    [Theory]
    [MemberData(nameof(Some))]
    public void Renaming_renames_principals_alike_everywhere(string id)
    {
        var before = ScenarioCatalogue.Find(id);
        var after = Variations.Rename(before, 11);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (old, renamed) in before.Records.Zip(after.Records))
        {
            Assert.Equal(names.TryAdd(old.Actor, renamed.Actor) ? renamed.Actor : names[old.Actor], renamed.Actor);
            Assert.Equal(Parsed(old).EventName, Parsed(renamed).EventName);
            Assert.Equal(Parsed(old).Outcome, Parsed(renamed).Outcome);
            Assert.Equal(Parsed(old).Actor.GetType(), Parsed(renamed).Actor.GetType());
        }

        Assert.Equal(names.Count, names.Values.Distinct().Count());
        Assert.Equal(before.Attackers.Select(attacker => names[attacker]), after.Attackers);
        Assert.All(names, pair => Assert.Equal(!IsRenamed(pair.Key), pair.Key == pair.Value));
        var all = string.Concat(after.Records.Select(record => record.Json));
        Assert.All(before.Attackers, attacker => Assert.DoesNotContain($"/{attacker.Split('/')[^1]}\"", all, StringComparison.Ordinal));
        Assert.All(Keys(before), key => Assert.DoesNotContain(key, all, StringComparison.Ordinal));
        Assert.Equal(Keys(before).Count, Keys(after).Count);
    }

    [Theory]
    [MemberData(nameof(Some))]
    public void Shifting_moves_every_time_alike_and_back(string id)
    {
        var before = ScenarioCatalogue.Find(id);
        var by = TimeSpan.FromDays(-33) + TimeSpan.FromSeconds(17);
        var after = Variations.Shift(before, by);
        foreach (var (old, moved) in before.Records.Zip(after.Records))
        {
            Assert.Equal(old.Time + by, Parsed(moved).Time);
            Assert.Equal(Parsed(old).SessionIssued + by, Parsed(moved).SessionIssued);
        }

        Assert.Equal(before.Records.AsEnumerable(), Variations.Shift(after, -by).Records);
    }

    [Fact]
    public void Moving_to_another_account_leaves_no_trace_of_the_first()
    {
        var before = ScenarioCatalogue.Find("terraform-estate");
        var after = Variations.InAccount(before, "999988887777");
        Assert.All(after.Records, record => Assert.Equal("999988887777", Parsed(record).Account));
        var first = Parsed(before.Records[0]).Account;
        Assert.All(after.Records, record => Assert.DoesNotContain(first, record.Json + record.Actor, StringComparison.Ordinal));
    }

    [Fact]
    public void Renewed_ids_are_new_and_still_shared_by_the_records_that_shared_them()
    {
        var before = ScenarioCatalogue.Find("org-account-vending");
        var after = Variations.RenewIds(before, 5);
        Assert.Empty(before.Records.Select(record => Parsed(record).EventId).Intersect(after.Records.Select(record => Parsed(record).EventId)));
        Assert.Equal(Shared(before), Shared(after));
        Assert.Contains(2, Shared(after));
    }

    [Fact]
    public void Without_bystanders_only_the_attack_is_left()
    {
        var alone = Variations.WithoutBystanders(ScenarioCatalogue.Find("slow-attacker"));
        Assert.NotEmpty(alone.Records);
        Assert.All(alone.Records, record => Assert.True(record.IsAttack));
    }

    [Fact]
    public void Stories_told_together_keep_their_records_and_attackers()
    {
        var (attack, benign) = (ScenarioCatalogue.Find("gui-vil"), ScenarioCatalogue.Find("student-asg"));
        var both = Variations.Together("both", attack, benign);
        Assert.True(both.IsAttack);
        Assert.Equal(attack.Attackers.AsEnumerable(), both.Attackers);
        Assert.Equal(attack.Records.Length + benign.Records.Length, both.Records.Length);
        Assert.Equal(both.Records.Select(record => record.Time).Order(), both.Records.Select(record => record.Time));
    }

    [Theory]
    [InlineData(LogFormat.Records)]
    [InlineData(LogFormat.CompressedRecords)]
    [InlineData(LogFormat.Lines)]
    [InlineData(LogFormat.Events)]
    public void Files_hold_every_record_once(LogFormat format)
    {
        var scenario = Variations.Shuffle(ScenarioCatalogue.Find("federation-ses-takeover"), TimeSpan.FromMinutes(15), 1);
        var files = LogFiles.Of(scenario, format).ToList();
        var read = files.SelectMany(file => RecordsIn(file, format)).ToList();
        Assert.Equal(files.Count, files.Select(file => file.Name).Distinct().Count());
        Assert.Equal(scenario.Records.Select(record => Parsed(record).EventId).Order(), read.Select(record => record.EventId).Order());
        Assert.True(format is LogFormat.Lines or LogFormat.Events || files.Count > 20);
    }

    private static IEnumerable<CloudTrailRecord> RecordsIn(LogFile file, LogFormat format)
    {
        Stream content = new MemoryStream(file.Content.ToArray());
        if (format == LogFormat.CompressedRecords)
            content = new GZipStream(content, CompressionMode.Decompress);
        using var reader = new StreamReader(content);
        var text = reader.ReadToEnd();
        if (format is LogFormat.Lines or LogFormat.Events)
            return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parsed)];
        using var document = JsonDocument.Parse(text);
        return [.. document.RootElement.GetProperty("Records").EnumerateArray().Select(record => Parsed(record.GetRawText()))];
    }

    private static readonly Comparer<LabelledRecord> ByJson = Comparer<LabelledRecord>.Create((left, right) => string.CompareOrdinal(left.Json, right.Json));

    private static bool IsRenamed(string actor) =>
        actor.StartsWith("arn:aws:iam", StringComparison.Ordinal) && !actor.Contains("/aws-", StringComparison.Ordinal) && !actor.EndsWith(":root",
            StringComparison.Ordinal);

    private static HashSet<string> Keys(Scenario scenario) => [.. scenario.Records.Select(record => Parsed(record).AccessKeyId).OfType<string>()];

    private static List<int> Shared(Scenario scenario) =>
        [.. scenario.Records.Select(record => Parsed(record).Root["sharedEventID"].Text).OfType<string>().CountBy(id => id).Select(pair => pair.Value)];

    private static CloudTrailRecord Parsed(LabelledRecord record) => Parsed(record.Json);

    private static CloudTrailRecord Parsed(string json) => Assert.IsType<ParseResult.Parsed>(RecordParser.Parse(Encoding.UTF8.GetBytes(json))).Record;
}
