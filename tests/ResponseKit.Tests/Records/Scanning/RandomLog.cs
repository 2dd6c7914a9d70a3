using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace ResponseKit.Tests.Records.Scanning;

/// <summary>
/// Log text that is well-formed and as strange as may be: members in any order, white space everywhere, letters as escapes, braces and
/// quotation marks in strings, telling names where they tell nothing.
/// </summary>
internal sealed class RandomLog(int seed, bool escapes = true, bool decoys = true)
{
    private static readonly string[] Spaces = ["", "", "", " ", "\n", "\r\n\t", "  ", new string(' ', 61), "\n" + new string('\t', 70)];
    private static readonly string[] Names = ["eventName", "eventSource", "type", "source", "detail", "Records", "a", "", "\"", "\\", "}{", "\\\"Records\":["];
    private static readonly string[] Texts =
        ["", "a", "\\", "\\\\", "\"", "\\\"", "{", "}", "[]", "\"eventName\":\"RunInstances\"", "\"Records\":[{", "é\u2028😀", "\n\t", "eventName", "Root", "\\u0041"];

    private static readonly (string Source, string Name)[] Calls =
    [
        ("ec2.amazonaws.com", "RunInstances"), ("ec2.amazonaws.com", "DescribeInstances"), ("iam.amazonaws.com", "CreateUser"),
        ("transfer.amazonaws.com", "CreateUser"), ("lambda.amazonaws.com", "CreateFunction20150331"), ("lambda.amazonaws.com", "AddPermission20150331v2"),
        ("lambda.amazonaws.com", "Invoke"), ("sts.amazonaws.com", "AssumeRole"), ("s3.amazonaws.com", "GetObject"), ("ecs.amazonaws.com", "CreateClusterX"),
    ];

    private readonly Random random = new(seed);

    public static Gen<int> Seeds => Gen.Choose(0, int.MaxValue - 1);

    /// <summary>JSON values as they stand one after another in a file.</summary>
    public IReadOnlyList<string> Values() => random.Next(4) switch
    {
        0 => [LogFile()],
        1 => [Array()],
        2 => Many(6, Record),
        _ => Many(5, () => random.Next(5) switch
        {
            0 => LogFile(),
            1 => Array(),
            2 => Envelope(),
            3 when Value(2) is ['{', ..] other => other,
            _ => Record(),
        }),
    };

    /// <summary>The values with something between them, and perhaps a byte order mark.</summary>
    public string Join(IEnumerable<string> values) =>
        (random.Next(3) == 0 ? "\uFEFF" : "") + Space() + string.Join("", values.Select(value => value + Space() + (random.Next(4) == 0 ? "," : "") + Space()));

    public string Record()
    {
        var (source, name) = Pick(Calls);
        var members = new List<string>
        {
            Member("eventVersion", Text("1.09")), Member("userIdentity", Identity()), Member("eventTime", Text("2025-11-02T10:00:00Z")),
            Member("eventSource", Text(source)), Member("eventName", Text(name)), Member("awsRegion", Text("us-east-1")),
            Member("eventID", Text("00000000-0000-4000-8000-000000000002")), Member("recipientAccountId", Text("111122223333")),
            Member("requestParameters", Value(3)), Member("responseElements", Value(2)), Member("resources", "[" + Space() + "]"),
        };
        return Object(Shuffled(members));
    }

    public string Envelope() => Object(Shuffled(
    [
        Member("detail-type", Text("AWS API Call via CloudTrail")), Member("source", Text("aws.ec2")), Member("account", Text("111122223333")),
        Member("detail", Record()),
    ]));

    private string LogFile() => Object(
        [.. Many(2, () => Member(Decoy("other"), Value(1))), Member("Records", Array()), .. Many(2, () => Member(Decoy("more"), Value(1)))]);

    private string Array() => "[" + Space() + string.Join(",", Many(5, () => Space() + (random.Next(6) == 0 ? Value(2) : Record()) + Space())) + "]";

    private string Identity() => Object(Shuffled(
        [Member("type", Text(Pick(["IAMUser", "Root", "AssumedRole"]))), Member("principalId", Text("AIDA1")), Member("accountId", Text("111122223333"))]));

    private string Value(int depth) => random.Next(depth > 0 ? 7 : 5) switch
    {
        0 => "null",
        1 => random.Next().ToString(CultureInfo.InvariantCulture),
        2 => Pick(["true", "-1.5e3"]),
        3 or 4 => Text(decoys ? Pick(Texts) + Pick(Texts) : "plain"),
        5 => "[" + Space() + string.Join(",", Many(3, () => Space() + Value(depth - 1) + Space())) + "]",
        _ => Object(Many(3, () => Member(Decoy("b"), Value(depth - 1)))),
    };

    private string Decoy(string otherwise) => decoys ? Pick(Names) == "Records" ? otherwise : Pick(Names.Where(n => n != "Records").ToArray()) : otherwise;

    private string Member(string name, string value) => Space() + Text(name) + Space() + ":" + Space() + value + Space();

    private static string Object(IEnumerable<string> members) => "{" + string.Join(",", members) + "}";

    private string Text(string text)
    {
        var odds = escapes && random.Next(5) == 0 ? 3 : int.MaxValue;
        var written = new StringBuilder("\"");
        foreach (var character in text)
        {
            if ((random.Next(odds) == 0 && !char.IsSurrogate(character)) || character < ' ')
                written.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else
                written.Append(character is '"' or '\\' ? $"\\{character}" : character.ToString());
        }

        return written.Append('"').ToString();
    }

    private string Space() => Pick(Spaces);

    private T Pick<T>(T[] choices) => choices[random.Next(choices.Length)];

    private List<string> Many(int atMost, Func<string> one) => [.. Enumerable.Range(0, random.Next(atMost + 1)).Select(_ => one())];

    private string[] Shuffled(IEnumerable<string> items)
    {
        var array = items.ToArray();
        random.Shuffle(array);
        return array;
    }
}
