using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using ResponseKit.Records;

namespace ResponseKit.Replay.Scanning;

/// <summary>What the bytes of an object tell of it.</summary>
internal enum RecordInterest
{
    /// <summary>No selector accepts it.</summary>
    None,

    /// <summary>A selector may accept it.</summary>
    Possible,

    /// <summary>It is neither a record nor an envelope of one.</summary>
    NoRecord,
}

/// <summary>
/// Tells from a record's bytes, without parsing it, whether any selector can accept it. It may say yes in vain, seldom; it never says
/// no to a record that a selector accepts, in whatever order, spacing and escapes it is written. A member's name counts at any depth,
/// since looking for it is cheaper than knowing where one is.
/// </summary>
internal sealed class RecordFilter
{
    private const int LatestCaller = 40;

    // Four letters before the end of the member's name.
    private const byte NameLetter = (byte)'N';

    private static ReadOnlySpan<byte> EventName => "\"eventName\""u8;

    private static ReadOnlySpan<byte> NameStart => "\"event"u8;

    private readonly OperationTable? operations;
    private readonly OperationTable? operationsOfServices;
    private readonly ImmutableArray<byte[]> identityTypes;
    private readonly ImmutableArray<byte[]> sources;
    private readonly byte identityLetter;

    private RecordFilter(OperationTable? operations, IEnumerable<string> identityTypes, IEnumerable<string> sources)
    {
        this.operations = operations;
        this.identityTypes = [.. identityTypes.Select(type => Encoding.UTF8.GetBytes($"\"{type}\""))];
        this.sources = [.. sources.Select(source => Encoding.UTF8.GetBytes($"{source}\""))];
        identityLetter = this.identityTypes.Select(quoted => quoted[^(EndingScan.Length + 1)]).FirstOrDefault(NameLetter);
    }

    private RecordFilter(RecordFilter other, OperationTable operationsOfServices)
    {
        (operations, identityTypes, sources, identityLetter) = (other.operations, other.identityTypes, other.sources, other.identityLetter);
        this.operationsOfServices = operationsOfServices;
    }

    /// <summary>Everything is of interest.</summary>
    public static RecordFilter Everything { get; } = new(null, [], []);

    /// <summary>
    /// What these selectors may accept. Those of an EventBridge source (<c>aws.guardduty</c>) accept envelopes of that source, which stand
    /// outside of log files.
    /// </summary>
    /// <param name="selectors">The calls that are listened to.</param>
    /// <param name="identityTypes">
    /// Kinds of callers, such as <c>Root</c>, whose calls are all listened to; as <c>userIdentity.type</c> spells them. Kinds that cannot be
    /// looked for in one pass, since their fourth letters from the end differ, make everything of interest.
    /// </param>
    public static RecordFilter For(IEnumerable<Selector> selectors, params IEnumerable<string> identityTypes)
    {
        var all = selectors.ToList();
        var types = identityTypes.Distinct(StringComparer.Ordinal).ToList();
        return types.TrueForAll(CanBeFound) && types.DistinctBy(type => type[^EndingScan.Length]).Count() <= 1
            ? new(new OperationTable(all), types, all.Select(s => s.EventSource).Where(IsEventBridge).Distinct(StringComparer.Ordinal))
            : Everything;
    }

    /// <summary>
    /// The same, but that AWS's services' own calls are of interest only where these selectors accept them: services assume roles all day long.
    /// </summary>
    /// <param name="selectorsOfServices">The calls that are listened to even if a service makes them.</param>
    public RecordFilter WithServicesOnlyFor(IEnumerable<Selector> selectorsOfServices) => operations is null ? this : new(this, new OperationTable(selectorsOfServices));

    /// <summary>Looks at one record.</summary>
    public RecordInterest Judge(in FoundRecord found)
    {
        var members = new Members(this, found.Json);
        if (EndingScan.Any(found.Json, NameLetter, identityLetter, ref members))
            return RecordInterest.Possible;
        if (HasEscapedCharacter(found) || HasTextualIdentity(found) || (!found.IsInLog && HasSource(found.Json)))
            return RecordInterest.Possible;
        if (!members.HasName && found.Json.IndexOf("\"detail-type\""u8) < 0)
            return RecordInterest.NoRecord;
        return operations is null ? RecordInterest.Possible : RecordInterest.None;
    }

    // CloudTrail writes the caller at the beginning, before anything that a caller may choose; wherever else it stands the record is looked at.
    private static bool IsOfService(ReadOnlySpan<byte> json)
    {
        var caller = "\"userIdentity\":{\"type\":\"AWSService\""u8;
        return json[..Math.Min(json.Length, LatestCaller + caller.Length)].IndexOf(caller) >= 0;
    }

    private static bool CanBeFound(string type) => type.Length >= EndingScan.Length && type.All(char.IsAsciiLetter);

    private static bool IsEventBridge(string source) => source.StartsWith("aws.", StringComparison.Ordinal);

    private static bool HasOperation(ReadOnlySpan<byte> json, int place, OperationTable operations)
    {
        if (!MemberText.TryValue(json[(place + EndingScan.Length + 1)..], out var name))
            return false;
        return MemberText.IsEscaped(name) || (operations.TryFind(name, out var services) && (services.Length == 0 || HasService(json, services)));
    }

    private static bool HasService(ReadOnlySpan<byte> json, byte[][] services)
    {
        while (true)
        {
            var at = json.IndexOf("\"eventSource\""u8);
            if (at < 0)
                return false;
            json = json[(at + "\"eventSource\"".Length)..];
            if (MemberText.TryValue(json, out var service) && (MemberText.IsEscaped(service) || IsOneOf(service, services)))
                return true;
        }
    }

    private static bool IsOneOf(ReadOnlySpan<byte> value, byte[][] values)
    {
        foreach (var one in values)
        {
            if (value.SequenceEqual(one))
                return true;
        }

        return false;
    }

    private bool HasIdentity(ReadOnlySpan<byte> json, int place)
    {
        var before = json[..(place + EndingScan.Length + 1)];
        foreach (var quoted in identityTypes)
        {
            if (before.EndsWith(quoted) && MemberText.IsNamed(before[..^quoted.Length], "\"type\""u8))
                return true;
        }

        return false;
    }

    private bool HasSource(ReadOnlySpan<byte> json)
    {
        foreach (var source in sources)
        {
            for (var from = 0; json[from..].IndexOf(source) is >= 0 and var at; from += at + 1)
            {
                var before = json[..(from + at)];
                if (before.EndsWith("\""u8) && MemberText.IsNamed(before[..^1], "\"source\""u8))
                    return true;
            }
        }

        return false;
    }

    // Who called cannot be read from text within text.
    private bool HasTextualIdentity(in FoundRecord found)
    {
        if (!found.MayHaveEscapes || identityTypes.IsEmpty || found.Json.IndexOf("\"userIdentity\""u8) is not (>= 0 and var at))
            return false;
        return MemberText.TryValue(found.Json[(at + "\"userIdentity\"".Length)..], out _);
    }

    // What is written as \u00XX is not found by its bytes. Who writes JSON escapes signs, of which only sources have any, never letters.
    private bool HasEscapedCharacter(in FoundRecord found)
    {
        if (!found.MayHaveEscapes)
            return false;
        var least = found.IsInLog || sources.IsEmpty ? '4' : '2';
        for (var rest = found.Json; rest.IndexOf("\\u00"u8) is >= 0 and var at && at + 4 < rest.Length; rest = rest[(at + 4)..])
        {
            if (rest[at + 4] >= least && rest[at + 4] <= '7')
                return true;
        }

        return false;
    }

    // Looks at the members of one record whose name or value ends as that of one which matters.
    private ref struct Members(RecordFilter filter, ReadOnlySpan<byte> json) : IEndingAsked
    {
        private readonly RecordFilter filter = filter;
        private readonly ReadOnlySpan<byte> json = json;

        /// <summary>Whether a member <c>eventName</c> was seen.</summary>
        public bool HasName { get; set; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool IsEnough(int place)
        {
            if (place >= NameStart.Length && json.Slice(place - NameStart.Length, EventName.Length).SequenceEqual(EventName))
                return IsNameEnough(place);
            return !filter.identityTypes.IsEmpty && filter.HasIdentity(json, place);
        }

        private bool IsNameEnough(int place)
        {
            HasName = true;
            return filter.operations is null
                || (HasOperation(json, place, filter.operations)
                    && (filter.operationsOfServices is null || !IsOfService(json) || HasOperation(json, place, filter.operationsOfServices)));
        }
    }
}
