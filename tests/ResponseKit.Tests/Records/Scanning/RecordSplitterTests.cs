using ResponseKit.Replay.Scanning;
using ResponseKit.Text;

namespace ResponseKit.Tests.Records.Scanning;

public sealed class RecordSplitterTests
{
    [Theory]
    [InlineData("{\"Records\":[{\"a\":1},{\"b\":2}]}", "{\"a\":1}", "{\"b\":2}")]
    [InlineData("\uFEFF { \"Rec\\u006frds\" :\n[ {\"a\":1} ] }", "{\"a\":1}")]
    [InlineData("[{\"a\":1},7,[{\"no\":1}],{\"b\":\"}]\"}]", "{\"a\":1}", "{\"b\":\"}]\"}")]
    [InlineData("{\"a\":1}\n{\"b\":2}\r\n", "{\"a\":1}", "{\"b\":2}")]
    [InlineData("{\"Records\":[{\"a\":1}]}\n{\"b\":[{}]}\n{\"Records\":[{\"c\":[]}]}", "{\"a\":1}", "{\"b\":[{}]}", "{\"c\":[]}")]
    [InlineData("[{\"Records\":[{\"a\":1}]},{\"Records\":[{\"b\":1}]}]", "{\"a\":1}", "{\"b\":1}")]
    [InlineData("{\"first\":[{\"x\":1}],\"Records\":[{\"a\":1}],\"last\":[{\"y\":1}]}", "{\"a\":1}")]
    [InlineData("{\"Records\":7}", "{\"Records\":7}")]
    [InlineData("{\"a\\\"Records\":[{}]}", "{\"a\\\"Records\":[{}]}")]
    [InlineData("{\"Records\":[{\"Records\":[{}]}]}", "{\"Records\":[{}]}")]
    [InlineData("{\"Records\":[]}")]
    [InlineData("")]
    [InlineData(" \n")]
    public void Finds_records_wherever_they_may_stand(string text, params string[] records)
    {
        foreach (var piece in new[] { 1, 3, 64, 1000 })
        {
            var split = Split.Of(text, piece);
            Assert.Equal(records, split.Records);
            Assert.Null(split.Problem);
        }
    }

    [Theory]
    [InlineData("{\"a\":1}\n{\"b\":", 13, "cut off")]
    [InlineData("{\"a\":1}]", 7, "no JSON")]
    [InlineData("{\"a\":1}\n<html>{}", 8, "no JSON")]
    [InlineData("{\"a\":1}\"{}\"", 7, "no JSON")]
    [InlineData("{\"a\":1}\u0000", 7, "no JSON")]
    [InlineData("{\"Records\":[{\"a\":1},{\"b\":\"", 26, "cut off")]
    public void Says_where_text_is_damaged_and_keeps_what_came_before(string text, long place, string what)
    {
        foreach (var piece in new[] { 1, 5, 64, 1000 })
        {
            var split = Split.Of(text, piece);
            Assert.Equal(["{\"a\":1}"], split.Records);
            Assert.Equal(place, split.Problem?.Byte);
            Assert.Equal(1, split.Problem?.Record);
            Assert.Contains(what, split.Problem?.What, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{\"a\":1}\nx\n{\"b\":2}", 1)]
    [InlineData("ut\":7}\n{\"a\":1}\n{\"b\":2}", 1)]
    [InlineData("{\"a\":1}\n{\"c\":{\"d\":\"}{\n{\"b\":2}", 1)]
    [InlineData("{\"a\":1}\n{\"c\":\"\n{\"d\":\"\\\n{\"b\":2}", 2)]
    [InlineData("{\"a\":1}\"\n{\"b\":2}]\n", 2)]
    [InlineData("{\"Records\":[{\"a\":1},{\"c\":\"\n{\"b\":2}", 1)]
    public void Reads_on_at_the_line_behind_a_damaged_one(string text, long problems)
    {
        foreach (var piece in new[] { 1, 2, 3, 5, 64, 1000 })
        {
            var split = Split.Of(text, piece);
            Assert.Equal(["{\"a\":1}", "{\"b\":2}"], split.Records);
            Assert.Equal(problems, split.Problems);
        }
    }

    [Fact]
    public void A_line_without_its_end_takes_no_more_than_a_record_may_have()
    {
        var line = $"{{\"a\":\"{new string('x', 1000)}\"}}\n";
        var split = Split.Of($"{{\"c\":{{\n{string.Concat(Enumerable.Repeat(line, 3000))}", 10_000);

        Assert.Equal(1, split.TooLarge);
        Assert.InRange(split.Records.Count, 1900, 2000);
        Assert.All(split.Records, record => Assert.Equal(line.Length - 1, record.Length));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(100_000)]
    [InlineData(int.MaxValue)]
    public void Leaves_out_records_that_are_too_large_and_reads_on(int piece)
    {
        var largest = $"{{\"a\":\"{new string('x', JsonInput.MaxBytes - 8)}\"}}";
        var tooLarge = $"{{\"a\":\"{new string('{', JsonInput.MaxBytes - 7)}\"}}";

        var split = Split.Of($"{{\"Records\":[{largest},{tooLarge},{{\"b\":1}}]}}", piece);

        Assert.Equal([largest.Length, 7], split.Records.Select(record => record.Length));
        Assert.True(split.Records[0] == largest);
        Assert.Equal(1, split.TooLarge);
        Assert.Null(split.Problem);
    }

    [Fact]
    public void Knows_a_record_of_a_log_file_from_one_that_stands_by_itself()
    {
        var places = new Places();
        using var splitter = new RecordSplitter(places);

        splitter.Read("{\"Records\":[{\"a\":1}]}{\"b\":1}[{\"c\":1}]"u8);

        Assert.Equal([true, false, false], places.InLog);
    }

    private sealed class Places : IRecordReceiver
    {
        public List<bool> InLog { get; } = [];

        public void Receive(in FoundRecord found) => InLog.Add(found.IsInLog);
    }
}
