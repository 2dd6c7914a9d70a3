using System.IO.Compression;
using System.Text;
using ResponseKit.Text;
using static ResponseKit.Cli.Tests.Replay.LogFolder;

namespace ResponseKit.Cli.Tests.Replay;

/// <summary>Nothing that cannot be read is passed over in silence, and nothing else is lost for it.</summary>
public sealed class SkippedInputTests : IDisposable
{
    private readonly LogFolder logs = new();

    [Fact]
    public async Task A_compressed_file_that_is_cut_off_counts_to_where_it_is()
    {
        var whole = Gzip(Log(Enumerable.Range(0, 5000).Select(record => Record($"{record}-{record * 7919 % 10007}"))));
        logs.Write("1.json.gz", whole[..(whole.Length / 2)]);
        logs.Write("2.json.gz", Gzip(Log(Record("next"))));

        var outcome = await logs.ReadAsync();

        Assert.InRange(outcome.Summary.Records, 1000, 4000);
        Assert.Equal("next", outcome.Ids.Last());
        Assert.Matches(@"^the compressed data is damaged or cut off: byte \d+ of its text, after \d+ records$", outcome.ReasonFor("1.json.gz"));
        Assert.Equal(2, outcome.Summary.Files);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(12, 0)]
    [InlineData(-8, 2)]
    [InlineData(-1, 2)]
    public async Task A_compressed_file_without_its_end_is_damaged_even_if_all_its_text_is_there(int bytes, int records)
    {
        var whole = Gzip($"{Record("a")}\n{Record("b")}\n");
        logs.Write("1.ndjson.gz", whole[..(bytes < 0 ? whole.Length + bytes : bytes)]);

        var outcome = await logs.ReadAsync();

        Assert.Equal(records, outcome.Summary.Records);
        Assert.Contains("damaged or cut off", outcome.ReasonFor("1.ndjson.gz"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Zeros_behind_compressed_data_are_no_damage()
    {
        logs.Write("1.json.gz", [.. Gzip(Log(Record("a"))), .. new byte[512]]);

        var outcome = await logs.ReadAsync();

        Assert.Equal(["a"], outcome.Ids);
        Assert.Empty(outcome.Summary.Skipped);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(70_000)]
    public async Task Compressed_data_behind_compressed_data_is_read_too(int zerosBetween)
    {
        logs.Write("1.json.gz", [.. Gzip(Log(Record("a"))), .. new byte[zerosBetween], .. Gzip(Log(Record("b"))), .. Gzip(Log(Record("c")))]);

        var outcome = await logs.ReadAsync();

        Assert.Equal(["a", "b", "c"], outcome.Ids);
        Assert.Empty(outcome.Summary.Skipped);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(30)]
    [InlineData(-1)]
    [InlineData(-6)]
    public async Task A_later_part_of_compressed_data_that_is_damaged_is_told_and_the_earlier_part_counts(int at)
    {
        var second = Gzip($"{Record("b")}\n");
        second[at < 0 ? second.Length + at : at] ^= 0x55;
        // The same text as behind it, so that no length tells them apart.
        logs.Write("1.ndjson.gz", [.. Gzip($"{Record("a")}\n"), .. second]);
        logs.Write("2.ndjson.gz", Gzip($"{Record("c")}\n"));

        var outcome = await logs.ReadAsync();

        Assert.Equal(["a", "c"], outcome.Ids.Where(id => id != "b").Order(StringComparer.Ordinal));
        Assert.Contains("damaged", outcome.ReasonFor("1.ndjson.gz"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("{\"Records\":[]}")]
    public async Task What_follows_compressed_data_and_is_none_is_told(string behind)
    {
        logs.Write("1.json.gz", [.. Gzip(Log(Record("a"))), .. Encoding.UTF8.GetBytes(behind)]);

        var outcome = await logs.ReadAsync();

        Assert.Equal(["a"], outcome.Ids);
        Assert.Contains("follows the compressed data", outcome.ReasonFor("1.json.gz"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compressed_data_that_was_made_to_grow_beyond_measure_is_not_read_to_its_end()
    {
        var text = new MemoryStream();
        using (var gzip = new GZipStream(text, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Record("a") + "\n"));
            var spaces = new byte[1 << 20];
            Array.Fill(spaces, (byte)' ');
            for (var megabytes = 0; megabytes < 512; megabytes++)
                gzip.Write(spaces);
        }

        logs.Write("1.ndjson.gz", text.ToArray());
        logs.Write("2.ndjson.gz", Gzip($"{Record("b")}\n"));

        var outcome = await logs.ReadAsync();

        Assert.Equal(["a", "b"], outcome.Ids);
        Assert.Contains("grows to more than 250 times its size", outcome.ReasonFor("1.ndjson.gz"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u0004\"M\u0018", "compressed with lz4")]
    [InlineData("BZh91AY", "compressed with bzip2")]
    public async Task Other_compression_is_named(string beginning, string what)
    {
        logs.Write("1.json.gz", Encoding.Latin1.GetBytes(beginning + "rest"));

        var outcome = await logs.ReadAsync();

        Assert.Equal($"it is {what}, which is not read; unpack it first", outcome.ReasonFor("1.json.gz"));
    }

    [Fact]
    public async Task A_compressed_file_with_a_wrong_bit_is_damaged()
    {
        var bytes = Gzip(Log(Enumerable.Range(0, 500).Select(record => Record($"{record}-{record * 7919 % 10007}"))));
        bytes[bytes.Length / 2] ^= 0x55;
        logs.Write("1.json.gz", bytes);

        Assert.Contains("damaged", (await logs.ReadAsync()).ReasonFor("1.json.gz"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"Records\":[@,{\"eventName\":", "cut off", 1)]
    [InlineData("@\n<html>", "no JSON", 1)]
    [InlineData("@\n{\"eventName\":\"Run\n@\n}}\n@", "a string is not closed: byte 272, after 1 records, and 1 more such places", 3)]
    [InlineData("not JSON at all", "no JSON", 0)]
    [InlineData("\u0000\u0001\u0002", "no JSON", 0)]
    public async Task Damaged_text_counts_to_where_it_is(string text, string reason, int records)
    {
        logs.Write("log", text.Replace("@", Record("a"), StringComparison.Ordinal));

        var outcome = await logs.ReadAsync();

        Assert.Equal(records, outcome.Summary.Records);
        Assert.Contains(reason, outcome.ReasonFor("log"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\":1}", "no CloudTrail records")]
    [InlineData("", "empty")]
    [InlineData("\n", "no CloudTrail records")]
    public async Task Files_without_records_are_named(string text, string reason)
    {
        logs.Write("other.json", text);
        logs.Write("other.json.gz", Gzip(text));

        var outcome = await logs.ReadAsync();

        Assert.Equal(0, outcome.Summary.Records);
        Assert.Contains(reason, outcome.ReasonFor("other.json"), StringComparison.Ordinal);
        Assert.Contains(reason, outcome.ReasonFor("other.json.gz"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_digest_holds_no_records_and_nothing_is_left_out()
    {
        logs.Write("digest.json.gz", Gzip("""{"awsAccountId":"111122223333","digestStartTime":"2025-11-02T10:00:00Z","logFiles":[{"s3Object":"x"}]}"""));

        var outcome = await logs.ReadAsync();

        Assert.Equal((1, 0L), (outcome.Summary.Files, outcome.Summary.Records));
        Assert.Empty(outcome.Summary.Skipped);
    }

    [Fact]
    public async Task A_log_in_which_nothing_happened_is_not_skipped()
    {
        logs.Write("log.json", Log());

        Assert.Empty((await logs.ReadAsync()).Summary.Skipped);
    }

    [Fact]
    public async Task Records_that_are_too_large_are_left_out_and_counted()
    {
        logs.Write("log.json.gz", Gzip(Log(Record("a"), Record(new string('x', JsonInput.MaxBytes)), Record("b"))));

        var outcome = await logs.ReadAsync();

        Assert.Equal(["a", "b"], outcome.Ids);
        Assert.Equal(3, outcome.Summary.Records);
        Assert.Contains("1 records of more than 1048576 bytes were left out, the first is record 1", outcome.ReasonFor("log.json.gz"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_does_not_exist_is_named()
    {
        var there = logs.Write("there.json", Log(Record("a")));

        var outcome = await logs.ReadAsync(logs.At("missing"), there);

        Assert.Equal(["a"], outcome.Ids);
        Assert.Equal("it does not exist", outcome.ReasonFor("missing"));
    }

    [Fact]
    public async Task What_is_named_twice_is_read_once()
    {
        var file = logs.Write("sub/log.json", Log(Record("a")));

        Assert.Equal(["a"], (await logs.ReadAsync(file, logs.Root, logs.At("sub"), logs.Root + "/.")).Ids);
    }

    [Fact]
    public async Task Links_are_not_followed_round_and_round()
    {
        var elsewhere = Directory.CreateTempSubdirectory("responsekit-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(elsewhere.FullName, "linked.json"), Log(Record("linked")));
            logs.Write("log.json", Log(Record("a")));
            Directory.CreateSymbolicLink(logs.At("loop"), logs.Root);
            File.CreateSymbolicLink(logs.At("dangling"), logs.At("nowhere"));
            File.CreateSymbolicLink(logs.At("self"), logs.At("self"));
            File.CreateSymbolicLink(logs.At("link.json"), Path.Combine(elsewhere.FullName, "linked.json"));

            var outcome = await logs.ReadAsync();

            Assert.Equal(["a", "linked"], outcome.Ids.Order(StringComparer.Ordinal));
            Assert.Contains("a link to a folder", outcome.ReasonFor("loop"), StringComparison.Ordinal);
            Assert.NotNull(outcome.ReasonFor("dangling"));
            Assert.NotNull(outcome.ReasonFor("self"));
        }
        finally
        {
            elsewhere.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_pipe_in_a_folder_is_not_waited_for()
    {
        if (OperatingSystem.IsWindows())
            return;
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", logs.At("pipe")))
            await mkfifo.WaitForExitAsync();
        logs.Write("log.json", Log(Record("a")));

        var outcome = await logs.ReadAsync().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(["a"], outcome.Ids);
        Assert.NotNull(outcome.ReasonFor("pipe"));
    }

    [Fact]
    public async Task What_may_not_be_read_is_named()
    {
        if (OperatingSystem.IsWindows())
            return;
        var file = logs.Write("secret.json", Log(Record("a")));
        File.SetUnixFileMode(file, UnixFileMode.None);
        // Root may read everything.
        if (Environment.IsPrivilegedProcess)
            return;

        Assert.Contains("could not be opened", (await logs.ReadAsync()).ReasonFor("secret.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reasons_are_safe_to_show()
    {
        logs.Write("log.json", Encoding.UTF8.GetBytes("\u001b[2J\n"));

        Assert.DoesNotContain((await logs.ReadAsync()).Summary.Skipped, skipped => skipped.Reason.Any(char.IsControl));
    }

    public void Dispose() => logs.Dispose();
}
