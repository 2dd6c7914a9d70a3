using System.Text;
using FsCheck.Fluent;
using ResponseKit.Replay.Scanning;

namespace ResponseKit.Tests.Records.Scanning;

public sealed class RecordSplitterProperties
{
    private static readonly int[] Pieces = [1, 7, 63, 64, 65, 100, 4096, int.MaxValue];

    [Fact]
    public void Finds_the_records_that_parsing_finds() => Properties.Holds(RandomLog.Seeds, seed =>
    {
        var (text, expected) = Log(seed);
        return Split.Of(text) is { Problem: null } split && split.Records.SequenceEqual(expected);
    });

    [Fact]
    public void The_pieces_in_which_text_comes_make_no_difference() => Properties.Holds(
        from seed in RandomLog.Seeds from piece in Gen.Elements(Pieces) select (seed, piece),
        pair => Split.Of(Log(pair.seed).Text, pair.piece) is { Problem: null } split && split.Records.SequenceEqual(Log(pair.seed).Records));

    [Fact]
    public void Every_width_of_register_finds_the_same() => Properties.Holds(
        from seed in RandomLog.Seeds from piece in Gen.Elements(Pieces) select (Text: Encoding.UTF8.GetBytes(Log(seed).Text), piece),
        log =>
        {
            var byteByByte = Split.With<ScalarBlocks>(log.Text, log.piece).Records;
            return byteByByte.SequenceEqual(Split.With<Wide128Blocks>(log.Text, log.piece).Records)
                && byteByByte.SequenceEqual(Split.With<Wide256Blocks>(log.Text, log.piece).Records)
                && byteByByte.SequenceEqual(Split.With<Wide512Blocks>(log.Text, log.piece).Records);
        });

    [Fact]
    public void Text_that_is_cut_off_gives_its_first_records() => Properties.Holds(
        from seed in RandomLog.Seeds from part in Gen.Choose(1, 99) select (seed, part),
        pair =>
        {
            var (text, records) = Log(pair.seed);
            var bytes = Encoding.UTF8.GetBytes(text);
            var split = Split.With<VectorBlocks>(bytes[..(bytes.Length * pair.part / 100)], 64);
            return split.Records.SequenceEqual(records.Take(split.Records.Count));
        });

    [Fact]
    public void Garbage_never_throws() => Properties.Holds(
        from text in Properties.TextOf("{}[]\"\\:, \nRecords0", 0, 300) from piece in Gen.Elements(Pieces) select (text, piece),
        pair => Split.Of(pair.text, pair.piece).Records.All(record => record[0] == '{'));

    private static (string Text, IReadOnlyList<string> Records) Log(int seed)
    {
        var log = new RandomLog(seed);
        var values = log.Values();
        return (log.Join(values), [.. values.SelectMany(Split.ByParsing)]);
    }
}
