using System.Collections.Immutable;
using System.Text;
using ResponseKit.Detections;

namespace ResponseKit.Records.Scanning;

/// <summary>
/// Tells from a record's bytes, without parsing it, whether any selector can accept it. It may say yes in vain, seldom; it never says
/// no to a record that a selector accepts, in whatever order, spacing and escapes it is written. A member's name counts at any depth,
/// since looking for it is cheaper than knowing where one is.
/// </summary>
internal sealed class RecordFilter
{
    private readonly OperationTable? operations;
    private readonly ImmutableArray<byte[]> identityTypes;
    private readonly ImmutableArray<byte[]> sources;

    private RecordFilter(OperationTable? operations, IEnumerable<string> identityTypes, IEnumerable<string> sources)
    {
        this.operations = operations;
        this.identityTypes = [.. identityTypes.Select(Encoding.UTF8.GetBytes)];
        this.sources = [.. sources.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>Accepts every record.</summary>
    public static RecordFilter Everything { get; } = new(null, [], []);

    /// <summary>
    /// Accepts what these selectors may accept; selectors of an EventBridge source (<c>aws.guardduty</c>) accept envelopes of that source,
    /// which stand outside of log files.
    /// </summary>
    /// <param name="selectors">The calls that are listened to.</param>
    /// <param name="identityTypes">Kinds of callers, such as <c>Root</c>, whose calls all are; as <c>userIdentity.type</c> spells them.</param>
    public static RecordFilter For(IEnumerable<Selector> selectors, params IEnumerable<string> identityTypes)
    {
        var all = selectors.ToList();
        var types = identityTypes.Distinct(StringComparer.Ordinal).ToList();
        return types.Exists(type => !type.All(char.IsAsciiLetter))
            ? Everything
            : new(new OperationTable(all), types, all.Select(s => s.EventSource).Where(IsEventBridge).Distinct(StringComparer.Ordinal));
    }

    /// <summary>Whether the object has what every record, or envelope of one, has. For objects that stand by themselves.</summary>
    public static bool IsRecord(in FoundRecord found) =>
        found.Json.IndexOf("\"eventName\""u8) >= 0 || found.Json.IndexOf("\"detail-type\""u8) >= 0 || HasEscapedLetter(found);

    /// <summary>Whether a selector may accept this record.</summary>
    public bool Accepts(in FoundRecord found) =>
        operations is null
        || HasOperation(found.Json, operations)
        || HasMember(found.Json, "\"type\""u8, identityTypes)
        || (!found.IsInLog && HasMember(found.Json, "\"source\""u8, sources))
        || HasEscapedLetter(found);

    private static bool IsEventBridge(string source) => source.StartsWith("aws.", StringComparison.Ordinal);

    private static bool HasOperation(ReadOnlySpan<byte> json, OperationTable operations)
    {
        for (var rest = json; MemberSearch.TryNext(ref rest, "\"eventName\""u8, out var name);)
        {
            if (MemberSearch.IsEscaped(name))
                return true;
            if (operations.TryFind(name, out var services) && HasMember(json, "\"eventSource\""u8, services))
                return true;
        }

        return false;
    }

    private static bool HasMember(ReadOnlySpan<byte> json, ReadOnlySpan<byte> member, ImmutableArray<byte[]> values)
    {
        if (values.IsEmpty)
            return false;
        for (var rest = json; MemberSearch.TryNext(ref rest, member, out var value);)
        {
            if (MemberSearch.IsEscaped(value))
                return true;
            foreach (var wanted in values)
            {
                if (value.SequenceEqual(wanted))
                    return true;
            }
        }

        return false;
    }

    // A name in which a letter is written as \u00XX is not found by its bytes. Who writes JSON escapes signs, never letters.
    private static bool HasEscapedLetter(in FoundRecord found)
    {
        if (!found.MayHaveEscapes)
            return false;
        for (var rest = found.Json; ;)
        {
            var at = rest.IndexOf("\\u00"u8);
            if (at < 0 || at + 4 >= rest.Length)
                return false;
            if (rest[at + 4] is >= (byte)'4' and <= (byte)'7')
                return true;
            rest = rest[(at + 4)..];
        }
    }
}
