using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace ResponseKit.Replay.Contents;

/// <summary>Names files that responders hold beside CloudTrail's logs and that are none.</summary>
internal static partial class ForeignContent
{
    private const string NoLog = "it is {0}, which holds no CloudTrail records";

    private const string Other = "it is {0}, not a CloudTrail log; CloudTrail's own files are below AWSLogs/ACCOUNT/CloudTrail/";

    private static readonly (byte[] Magic, string What)[] Binaries =
    [
        ([0x28, 0xB5, 0x2F, 0xFD], "it is compressed with zstd, which is not read; unpack it first"),
        ([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0], "it is compressed with xz, which is not read; unpack it first"),
        ([(byte)'B', (byte)'Z', (byte)'h'], "it is compressed with bzip2, which is not read; unpack it first"),
        ([0x04, 0x22, 0x4D, 0x18], "it is compressed with lz4, which is not read; unpack it first"),
        ([(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C], "it is a 7-Zip archive, which is not read; unpack it first"),
        ([(byte)'R', (byte)'a', (byte)'r', (byte)'!'], "it is a RAR archive, which is not read; unpack it first"),
        ([(byte)'P', (byte)'A', (byte)'R', (byte)'1'], "it is a Parquet file, as Amazon Security Lake and data lakes have them; export its records as JSON or CSV first"),
        ([(byte)'O', (byte)'R', (byte)'C', 0x0A], "it is an ORC file; export its records as JSON or CSV first"),
        ([(byte)'O', (byte)'b', (byte)'j', 1], "it is an Avro file; export its records as JSON or CSV first"),
        ([(byte)'%', (byte)'P', (byte)'D', (byte)'F'], "it is a PDF document; ask for the records themselves"),
        ([0xD0, 0xCF, 0x11, 0xE0], "it is an Office document; save the sheet as CSV first"),
        ([(byte)'E', (byte)'l', (byte)'f', (byte)'F', (byte)'i', (byte)'l', (byte)'e'], "it is a Windows event log, which holds no CloudTrail records"),
        ([(byte)'S', (byte)'Q', (byte)'L', (byte)'i', (byte)'t', (byte)'e'], "it is a SQLite database; export its records as JSON or CSV first"),
        ([0xD4, 0xC3, 0xB2, 0xA1], "it is a network capture, which holds no CloudTrail records"),
        ([0x0A, 0x0D, 0x0D, 0x0A], "it is a network capture, which holds no CloudTrail records"),
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], "it is a picture; ask for the records themselves"),
        ([0xFF, 0xD8, 0xFF], "it is a picture; ask for the records themselves"),
        ([0x7F, (byte)'E', (byte)'L', (byte)'F'], "it is a program, which holds no CloudTrail records"),
        ([(byte)'M', (byte)'Z'], "it is a program, which holds no CloudTrail records"),
    ];

    private static readonly SearchValues<byte> Opening = SearchValues.Create("{[\""u8);

    /// <summary>What it is; null when nothing is known of it.</summary>
    public static Content.Foreign? Of(ReadOnlySpan<byte> first)
    {
        foreach (var (magic, what) in Binaries)
        {
            if (first.StartsWith(magic))
                return new(what);
        }

        var text = first.TrimStart("\uFEFF \t\r\n"u8);
        if (text.IsEmpty || Opening.Contains(text[0]))
            return null;
        var end = text.IndexOfAny((byte)'\n', (byte)'\r');
        return Line(Encoding.UTF8.GetString(end < 0 ? text : text[..end])) is { } named ? new(named) : null;
    }

    private static string? Line(string line) =>
        line.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) || line.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase)
            || line.StartsWith("<html", StringComparison.OrdinalIgnoreCase) ? Named(NoLog, "an XML or HTML page")
        : FlowLog().IsMatch(line) ? Named(Other, "a VPC flow log")
        : AccessLog().IsMatch(line) ? Named(Other, "an S3 server access log")
        : LoadBalancer().IsMatch(line) ? Named(Other, "an Elastic Load Balancing access log")
        : line.StartsWith("#Version:", StringComparison.Ordinal) ? Named(Other, "a CloudFront access log")
        : line.StartsWith("user,arn,user_creation_time,", StringComparison.Ordinal) ? Named(Other, "an IAM credential report")
        : line.StartsWith("identity/LineItemId,", StringComparison.Ordinal) ? Named(Other, "a cost and usage report")
        : null;

    private static string Named(string sentence, string what) => string.Format(System.Globalization.CultureInfo.InvariantCulture, sentence, what);

    // VPC User Guide, "Flow log records": the header names fields, the default format begins with version, account and interface.
    [GeneratedRegex(@"^(version account-id interface-id |\d+ (\d{12}|unknown) eni-)|(^|[ ,])(srcaddr|pkt-srcaddr)[ ,].*dstaddr", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FlowLog();

    // S3 User Guide, "Amazon S3 server access log format": owner, bucket, [time].
    [GeneratedRegex(@"^([0-9a-f]{64}|-) \S{3,63} \[\d\d/[A-Z][a-z]{2}/\d{4}:", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex AccessLog();

    [GeneratedRegex(@"^(https?|h2|grpcs|wss?|tls) \d{4}-\d\d-\d\dT\S+ (app|net)/", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex LoadBalancer();
}
