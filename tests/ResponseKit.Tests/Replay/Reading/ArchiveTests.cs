using System.Text;
using ResponseKit.Replay.Archives;

namespace ResponseKit.Tests.Replay.Reading;

/// <summary>Archives are read in memory, and none that was made to waste time or memory does.</summary>
public sealed class ArchiveTests
{
    private static readonly ArchiveLimits Small = new() { FreeBytes = 10_000, MostEntries = 5, MostBytes = 2_000_000, MostInMemory = 100_000 };

    private static byte[] Log(string id) => Encoding.UTF8.GetBytes(
        $$$"""{"Records":[{"eventVersion":"1.11","userIdentity":{"type":"IAMUser"},"eventTime":"2026-02-03T04:05:06Z","eventSource":"ec2.amazonaws.com","eventName":"RunInstances","awsRegion":"us-east-1","eventID":"{{{id}}}","recipientAccountId":"111122223333"}]}""");

    private static byte[] Zeros(int count) => new byte[count];

    [Fact]
    public void Names_in_an_archive_are_shown_and_never_followed()
    {
        var read = ReadText.Of(LogForms.Zip([("../../../../tmp/\u001b[2Jresponsekit-evil.json", Encoding.UTF8.GetBytes("nothing")), ("C:\\Windows\\x.json", Log("a"))]));

        Assert.Equal(1, read.Summary.Records);
        Assert.StartsWith("-!/../../../../tmp/", read.Skipped, StringComparison.Ordinal);
        Assert.DoesNotContain(read.Skipped, char.IsControl);
        Assert.False(File.Exists("/tmp/\u001b[2Jresponsekit-evil.json"));
    }

    [Fact]
    public void What_grows_beyond_measure_is_not_read_on()
    {
        foreach (var bomb in new[]
        {
            LogForms.Zip([("a.json", Log("a")), ("b.json", Zeros(1_500_000))]),
            LogForms.Gzip(LogForms.Tar([("a.json", Log("a")), ("b.json", Zeros(1_500_000))])),
            LogForms.Zip([("a.json", Log("a")), ("b.json.gz", LogForms.Gzip(LogForms.Gzip(Zeros(30_000_000))))]),
        })
        {
            var read = ReadText.Of(bomb, limits: Small with { MostGrowth = 20, MostInMemory = 1_000_000 });

            Assert.Equal(1, read.Summary.Records);
            Assert.Contains("grows to more than 20 times its size", read.Skipped, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void There_is_an_end_to_what_comes_out_of_an_archive()
    {
        var noise = new byte[300_000];
        new Random(7).NextBytes(noise);

        var read = ReadText.Of(LogForms.Tar(Enumerable.Range(0, 5).Select(no => ($"{no}", (byte[])[(byte)'{', .. noise.Select(one => (byte)(one | 1))]))), limits: Small with { MostBytes = 500_000 });

        Assert.Contains("more than 500000 bytes came out of it", read.Skipped, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_an_end_to_the_files_of_an_archive()
    {
        var read = ReadText.Of(LogForms.Zip(Enumerable.Range(0, 9).Select(no => ($"{no}.json", Log($"{no}")))), limits: Small);

        Assert.Equal(5, read.Summary.Records);
        Assert.Contains("it holds more than 5 files", read.Skipped, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_an_end_to_archives_in_archives()
    {
        var content = Log("a");
        for (var layer = 0; layer < 8; layer++)
            content = LogForms.Zip([("next.zip", content), ($"{layer}.json", Log($"{layer}"))]);

        var read = ReadText.Of(content);

        Assert.InRange(read.Summary.Records, 4, 5);
        Assert.Contains("lies in more than 4 archives", read.Skipped, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_in_another_must_fit_into_memory()
    {
        var noise = new byte[200_000];
        new Random(7).NextBytes(noise);

        var read = ReadText.Of(LogForms.Tar([("inner.zip", LogForms.Zip([("noise", noise)])), ("b.json", Log("b"))]), limits: Small);

        Assert.Equal(1, read.Summary.Records);
        Assert.Contains("lies in another or comes through a pipe; unpack it first", read.Skipped, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_archive_is_told_and_counts_to_where_it_is()
    {
        var zip = LogForms.Zip([("a.json", Log("a"))]);
        var tar = LogForms.Tar([("a.json", Log("a")), ("b.json", Log("b")), ("c.json", Log("c"))]);

        Assert.Contains("the ZIP archive is damaged or cut off", ReadText.Of(zip[..^30]).Skipped, StringComparison.Ordinal);
        var cut = ReadText.Of(tar[..2500]);
        Assert.Equal(1, cut.Summary.Records);
        Assert.Contains("damaged or cut off", cut.Skipped, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_log_in_an_archive_is_named()
    {
        var read = ReadText.Of(LogForms.Zip([("notes.txt", Encoding.UTF8.GetBytes("see the logs")), ("a.json", Log("a")), ("report.pdf", Encoding.UTF8.GetBytes("%PDF-1.7"))]));

        Assert.Equal(1, read.Summary.Records);
        Assert.Contains("-!/notes.txt: no JSON object or array begins here", read.Skipped, StringComparison.Ordinal);
        Assert.Contains("-!/report.pdf: it is a PDF document", read.Skipped, StringComparison.Ordinal);
        Assert.Equal("-: it is an empty archive", ReadText.Of(LogForms.Zip([])).Skipped);
        Assert.Contains("save the sheet as CSV", ReadText.Of(LogForms.Zip([("[Content_Types].xml", [1]), ("xl/sheet1.xml", [1])])).Skipped, StringComparison.Ordinal);
    }
}
