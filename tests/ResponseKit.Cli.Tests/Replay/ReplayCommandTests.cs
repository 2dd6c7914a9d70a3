using System.Text;
using System.Text.Json;
using ResponseKit.Cli.Tests.Drill;
using ResponseKit.Scenarios;
using ResponseKit.Testing;

namespace ResponseKit.Cli.Tests.Replay;

public sealed class ReplayCommandTests
{
    private const string Attack = "failing-spray-mixed";

    private static Scenario Story => ScenarioCatalogue.Find(Attack);

    private static IEnumerable<string> Contained(JsonElement report) => report.GetProperty("incidents").EnumerateArray()
        .Where(incident => incident.GetProperty("verdict").GetString() == "contain")
        .Select(incident => incident.GetProperty("actor").GetString()!);

    [Theory]
    [InlineData(LogFormat.Records)]
    [InlineData(LogFormat.CompressedRecords)]
    [InlineData(LogFormat.Lines)]
    [InlineData(LogFormat.Events)]
    public async Task The_attacker_is_found_in_every_form_of_log(LogFormat format)
    {
        using var logs = new Logs(Attack, format);
        var (code, report) = await logs.ReportAsync();
        Assert.Equal(1, code);
        Assert.Equal(Story.Records.Length, report.GetProperty("recordsRead").GetInt64());
        Assert.Equal(0, report.GetProperty("skipped").GetArrayLength());
        Assert.Equal(Story.Attackers, Contained(report));
        var incident = report.GetProperty("incidents")[0];
        var alert = incident.GetProperty("firstAlert");
        Assert.InRange(alert.GetProperty("recordIndex").GetInt32(), 1, 20);
        Assert.Equal(
            alert.GetProperty("time").GetDateTimeOffset(),
            incident.GetProperty("firstRecordTime").GetDateTimeOffset() + TimeSpan.FromSeconds(alert.GetProperty("secondsAfterFirstRecord").GetDouble()));
        Assert.Contains(Story.Records, record => record.IsAttack && record.Json.Contains(alert.GetProperty("eventId").GetString()!, StringComparison.Ordinal));
        Assert.Contains("iam.contain-user", incident.GetProperty("plannedActions").EnumerateArray().Select(action => action.GetProperty("action").GetString()));
        Assert.NotEqual(0, incident.GetProperty("signals").GetArrayLength());
    }

    [Fact]
    public async Task One_core_or_two_and_the_order_of_paths_make_no_difference()
    {
        using var logs = new Logs(Attack);
        var one = (await logs.ReportAsync("--cores", "1")).Report;
        var two = (await logs.ReportAsync("--cores", "2")).Report;
        Assert.Equal(one.GetProperty("incidents").GetRawText(), two.GetProperty("incidents").GetRawText());
        var files = Directory.GetFiles(logs.Folder, "*.gz", SearchOption.AllDirectories).OrderDescending(StringComparer.Ordinal).ToArray();
        var (_, output, _) = await CommandLine.RunAsync(logs.Folder, ["replay", .. files, "--format", "json"]);
        Assert.Equal(one.GetProperty("incidents").GetRawText(), JsonElement.Parse(output).GetProperty("incidents").GetRawText());
    }

    [Fact]
    public async Task Without_reads_no_call_that_only_reads_counts_and_it_says_what_was_assumed()
    {
        using var logs = new Logs(Attack);
        var (on, off) = ((await logs.ReportAsync()).Report, (await logs.ReportAsync("--reads", "off")).Report);
        var reading = Story.Records.Where(record => record.Json.Contains("\"readOnly\":true", StringComparison.Ordinal)).ToList();

        Assert.Equal(("on", 0L), (on.GetProperty("reads").GetString(), on.GetProperty("recordsNotDelivered").GetInt64()));
        Assert.Equal("off", off.GetProperty("reads").GetString());
        Assert.InRange(off.GetProperty("recordsNotDelivered").GetInt64(), 1, reading.Count);
        Assert.Contains(EventsOf(on), id => IsRead(id));
        Assert.DoesNotContain(EventsOf(off), id => IsRead(id));
        var (_, text, _) = await logs.ReplayAsync("--reads", "off");
        Assert.Matches("Assumed reads=off: [0-9,]+ records of calls that only read were left out", text);
        Assert.Contains("Assumed reads=on", (await logs.ReplayAsync("--format", "markdown")).Output, StringComparison.Ordinal);

        bool IsRead(string id) => reading.Exists(record => record.Json.Contains(id, StringComparison.Ordinal) && !record.Json.Contains("\"eventName\":\"AssumeRole", StringComparison.Ordinal));
    }

    private static IEnumerable<string> EventsOf(JsonElement report) =>
        report.GetProperty("incidents").EnumerateArray().SelectMany(incident => incident.GetProperty("signals").EnumerateArray()).Select(signal => signal.GetProperty("eventId").GetString()!);

    [Fact]
    public async Task Honest_work_is_no_incident()
    {
        using var logs = new Logs("monitoring-user");
        var (code, report) = await logs.ReportAsync();
        Assert.Equal((0, 0), (code, report.GetProperty("incidents").GetArrayLength()));
        var (text, output, _) = await logs.ReplayAsync();
        Assert.Equal(0, text);
        Assert.StartsWith("No incidents. Read ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_README_shows_is_what_replay_says_of_those_logs()
    {
        using var logs = new Logs("failing-spray-denied");
        var shown = Repository.Read("README.md");

        var (_, output, _) = await logs.ReplayAsync("--explain");

        // All but how long it took.
        var lines = output.Split('\n').Select(line => line.Split(", in ")[0].TrimEnd()).Where(line => line.Length > 0).ToList();
        Assert.True(lines.Count > 10, output);
        Assert.All(lines, line => Assert.Contains(line, shown, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Damaged_files_are_named_and_hide_nothing()
    {
        using var logs = new Logs("monitoring-user");
        var whole = File.ReadAllBytes(Directory.GetFiles(logs.Folder, "*.gz", SearchOption.AllDirectories).MaxBy(file => new FileInfo(file).Length)!);
        logs.Write("logs/cut.json.gz", whole.AsSpan(0, whole.Length / 2));
        logs.Write("logs/garbage.json", "this is no log"u8);
        logs.Write("logs/half.json", """{"Records":[{"eventVersion":"1.11","eventName":"RunInstances","eventSource":"ec2.amazonaws.com","eventTime":"yesterday"}]}"""u8);
        var (code, report) = await logs.ReportAsync();
        Assert.Equal(2, code);
        var skipped = report.GetProperty("skipped").EnumerateArray().Select(entry => (entry.GetProperty("file").GetString()!, entry.GetProperty("reason").GetString()!)).ToList();
        Assert.Equal(["cut.json.gz", "garbage.json", "half.json"], skipped.Select(entry => Path.GetFileName(entry.Item1)).Order());
        Assert.Contains("One record was left out, the first of them number 1: ", skipped.Single(entry => entry.Item1.EndsWith("half.json", StringComparison.Ordinal)).Item2, StringComparison.Ordinal);
        var (text, output, _) = await logs.ReplayAsync();
        Assert.Equal(2, text);
        Assert.Contains("No incidents in what could be read.", output, StringComparison.Ordinal);

        using var attack = new Logs(Attack);
        attack.Write("logs/garbage.json", "this is no log"u8);
        var (found, other) = await attack.ReportAsync();
        Assert.Equal((1, 1), (found, other.GetProperty("skipped").GetArrayLength()));
        Assert.Equal(Story.Attackers, Contained(other));
    }

    [Fact]
    public async Task Only_what_was_asked_for_is_reported()
    {
        using var logs = new Logs(Attack);
        var name = Story.Attackers[0].Split('/')[^1];
        Assert.Equal(Story.Attackers, Contained((await logs.ReportAsync("--actor", name)).Report));
        Assert.Equal(0, (await logs.ReportAsync("--actor", "somebody-else")).Code);
        var attack = Story.Records.First(record => record.IsAttack).Time;
        Assert.Empty(Contained((await logs.ReportAsync("--to", attack.ToString("O"))).Report));
        Assert.Equal(Story.Attackers, Contained((await logs.ReportAsync("--from", attack.ToString("O"), "--verdict", "contain")).Report));
    }

    [Fact]
    public async Task Two_policies_are_compared_side_by_side()
    {
        using var logs = new Logs(Attack);
        var report = (await logs.ReportAsync("--what-if", "threshold=1000", "--what-if", "correlation.caps.recon=1")).Report;
        var other = report.GetProperty("whatIf");
        Assert.Equal(["threshold=1000", "correlation.caps.recon=1"], other.GetProperty("changes").EnumerateArray().Select(change => change.GetString()));
        Assert.Equal("contain", report.GetProperty("incidents")[0].GetProperty("verdict").GetString());
        Assert.Equal("brake", other.GetProperty("incidents")[0].GetProperty("verdict").GetString());
        var (_, table, _) = await logs.ReplayAsync("--what-if", "threshold=1000");
        Assert.Contains("With threshold=1000", table, StringComparison.Ordinal);
        Assert.Contains("differs", table, StringComparison.Ordinal);
        var (code, _, _) = await logs.ReplayAsync("--policy", PolicyFile(logs, """{"correlation":{"containAt":80,"caps":{"novelty":70}}}"""), "--what-if", "threshold=60");
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task A_history_is_learned_used_and_kept()
    {
        using var logs = new Logs("hijacked-role");
        var file = Path.Combine(logs.Folder, "usual.json");
        var (first, report) = await logs.ReportAsync("--learn", file);
        Assert.Equal(1, first);
        var without = report.GetProperty("incidents")[0].GetProperty("firstAlert").GetProperty("time").GetDateTimeOffset();
        var learned = File.ReadAllText(file);
        Assert.Contains("orders-worker", learned, StringComparison.Ordinal);
        var with = (await logs.ReportAsync("--baseline", file)).Report.GetProperty("incidents")[0];
        Assert.True(with.GetProperty("firstAlert").GetProperty("time").GetDateTimeOffset() <= without);
        Assert.NotEqual(0, with.GetProperty("explanation").GetProperty("unusual").GetArrayLength());
        await logs.ReportAsync("--learn", file);
        Assert.Equal(learned, File.ReadAllText(file));
    }

    [Theory]
    [InlineData("'nonsense'", "--format", "nonsense")]
    [InlineData("--from is 'yesterday'. Accepted: a time such as 2025-11-02", "--from", "yesterday")]
    [InlineData("--to is not after --from", "--from", "2026-01-02", "--to", "2026-01-01")]
    [InlineData("--what-if does not take 'mood=bad'. Accepted: KEY=VALUE with a key of threshold", "--what-if", "mood=bad")]
    [InlineData("--what-if, line 1, correlation.containAt: It is 'much'.", "--what-if", "threshold=much")]
    [InlineData("--policy: missing.json could not be read", "--policy", "missing.json")]
    [InlineData("wrong.json, line 1, moed: There is no such key.", "--policy", "wrong.json")]
    [InlineData("--baseline: wrong.json: line 1: it is no baseline", "--baseline", "wrong.json")]
    [InlineData("--learn: wrong.json: line 1: it is no baseline", "--learn", "wrong.json")]
    [InlineData("--cores takes a whole number from 1 to 64", "--cores", "0")]
    public async Task Wrong_use_is_told_what_is_accepted_and_reads_nothing(string message, params string[] arguments)
    {
        using var logs = new Logs(Attack);
        PolicyFile(logs, """{"moed":"enforce"}""");
        var (code, output, errors) = await logs.ReplayAsync(arguments);
        Assert.Equal(2, code);
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("records in", output, StringComparison.Ordinal);
        Assert.Equal("""{"moed":"enforce"}""", File.ReadAllText(Path.Combine(logs.Folder, "wrong.json")));
    }

    [Fact]
    public async Task A_path_that_is_not_there_is_named()
    {
        var (code, output, _) = await CommandLine.RunAsync(Path.GetTempPath(), "replay", "no-such-folder", "--format", "json");
        Assert.Equal(2, code);
        Assert.Equal("no-such-folder", Assert.Single(JsonElement.Parse(output).GetProperty("skipped").EnumerateArray()).GetProperty("file").GetString());
    }

    [Fact]
    public async Task Every_member_of_the_report_is_documented()
    {
        using var logs = new Logs(Attack);
        logs.Write("logs/garbage.json", "this is no log"u8);
        var report = (await logs.ReportAsync("--what-if", "threshold=60")).Report;
        var page = Repository.Read("docs", "replay.md");
        Assert.All(Names(report).Distinct(), name => Assert.Contains(name, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lines_of_JSON_end_with_a_summary()
    {
        using var logs = new Logs(Attack);
        var (code, output, _) = await logs.ReplayAsync("--format", "ndjson");
        Assert.Equal(1, code);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
        Assert.All(lines[..^1], line => Assert.True(line.TryGetProperty("incident", out _)));
        Assert.Equal(lines.Count - 1, lines[^1].GetProperty("summary").GetProperty("incidents").GetInt32());
    }

    [Fact]
    public async Task Explanations_say_the_same_as_text_and_Markdown()
    {
        using var logs = new Logs(Attack);
        var (_, text, _) = await logs.ReplayAsync("--explain");
        var (_, markdown, _) = await logs.ReplayAsync("--format", "markdown");
        var explanation = (await logs.ReportAsync()).Report.GetProperty("incidents")[0].GetProperty("explanation");
        var sum = explanation.GetProperty("sum").GetString()!;
        Assert.Contains(sum[..60], text, StringComparison.Ordinal);
        Assert.Contains(sum[..60], markdown, StringComparison.Ordinal);
        Assert.Contains("**What would have changed the verdict**", markdown, StringComparison.Ordinal);
        Assert.Contains("First: Contain an IAM user", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_names_stay_text_in_every_form()
    {
        using var logs = new Logs(Attack);
        var hostile = Path.Combine(logs.Folder, "logs", "<img src=x onerror=alert(1)>|`x`\u001b[31m\u202e.json");
        File.WriteAllText(hostile, "this is no log");
        var (_, markdown, _) = await logs.ReplayAsync("--format", "markdown");
        Assert.DoesNotContain("<img", markdown, StringComparison.Ordinal);
        foreach (var format in new[] { "table", "json", "ndjson", "markdown" })
        {
            var (_, output, _) = await logs.ReplayAsync("--format", format);
            Assert.DoesNotContain(output, character => char.IsControl(character) && character is not '\n' and not '\r');
            Assert.DoesNotContain('\u202e', output);
        }
    }

    private static string PolicyFile(Logs logs, string text) => logs.Write("wrong.json", Encoding.UTF8.GetBytes(text));

    private static IEnumerable<string> Names(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Names),
        // Facts are named as the AWS APIs name them, categories as the policy does.
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.Name is "facts" or "categories" ? [member.Name] : Names(member.Value).Prepend(member.Name)),
        _ => [],
    };
}
