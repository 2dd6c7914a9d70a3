using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ResponseKit.Records;

namespace ResponseKit.Rules;

/// <summary>The smallest thing that a rule can be asked for: a call of a service, every call of a type of caller, or an event of a service's own.</summary>
/// <param name="Kind">Which of these.</param>
/// <param name="From">The <c>eventSource</c>, the <c>userIdentity.type</c>, or the event's <c>source</c>.</param>
/// <param name="Name">The operation or detail-type; empty for callers.</param>
internal sealed record Heard(RuleKind Kind, string From, string Name)
{
    private const int InitialBits = 5;

    /// <summary>
    /// Where it belongs, whatever else there is: its first letter in the highest five bits, so that a range of letters is a range of places; chance in
    /// the others, to part the calls of services with the same letter.
    /// </summary>
    public ulong Place { get; } = PlaceOf(Kind, From, Name);

    /// <summary>How people call what it is from, such as <c>ec2</c>.</summary>
    public string Title => TitleOf(Kind, From);

    /// <summary>What a selector listens to.</summary>
    public static ImmutableArray<Heard> Of(Selector selector)
    {
        if (selector.IdentityType is { } type)
            return [new(selector.ReadOnly ? RuleKind.ReadsByCaller : RuleKind.ByCaller, type, "")];
        var kind = selector.EventSource is ServiceEvent.GuardDuty or ServiceEvent.Health ? RuleKind.Event : selector.ReadOnly ? RuleKind.Reads : RuleKind.Writes;
        return [.. selector.EventNames.Select(name => new Heard(SessionOpenings.Is(selector.EventSource, name) ? RuleKind.Sessions : kind, selector.EventSource, name))];
    }

    /// <summary>The letters of the places that agree with <paramref name="from"/> in the first bits, and the further bits where these are of one letter.</summary>
    public static string RangeOf(ulong from, int bits)
    {
        var first = (int)(from >> (64 - InitialBits));
        var last = first + (1 << Math.Max(0, InitialBits - bits)) - 1;
        var letters = first == last ? $"{Letter(first)}" : $"{Letter(first)}-{Letter(last)}";
        return bits <= InitialBits ? letters : $"{letters}-{Convert.ToString((long)(from << InitialBits >> (64 - bits + InitialBits)), 2).PadLeft(bits - InitialBits, '0')}";
    }

    private static char Letter(int index) => (char)('a' + Math.Min(index, 'z' - 'a'));

    private static string TitleOf(RuleKind kind, string from) => kind switch
    {
        RuleKind.Writes or RuleKind.Reads or RuleKind.Sessions => from.Split('.')[0],
        RuleKind.Event => from[(from.IndexOf('.', StringComparison.Ordinal) + 1)..],
        _ => from,
    };

    private static ulong PlaceOf(RuleKind kind, string from, string name)
    {
        var letter = char.ToLowerInvariant(TitleOf(kind, from).FirstOrDefault('z'));
        var initial = (ulong)(char.IsAsciiLetterLower(letter) ? letter - 'a' : 'z' - 'a');
        var chance = BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{from}/{name}")));
        return (initial << (64 - InitialBits)) | (chance >> InitialBits);
    }
}
