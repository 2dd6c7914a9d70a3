using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using ResponseKit.Detections;

namespace ResponseKit.Records.Scanning;

/// <summary>The operations that somebody listens to, with the services that have them, as the bytes of a record spell them.</summary>
internal sealed class OperationTable
{
    /// <summary>Stands for all services as the source of a selector.</summary>
    private const string AnyService = "*";

    // RecordParser takes no longer ones.
    private const int MaxNameBytes = 128;
    private const int VersionDigits = 8;

    // For each length, which letters the names of this length begin with: tells most names without looking them up.
    private readonly ulong[] initials = new ulong[MaxNameBytes + 1];
    private readonly FrozenDictionary<string, ImmutableArray<byte[]>>.AlternateLookup<ReadOnlySpan<char>> services;

    public OperationTable(IEnumerable<Selector> selectors)
    {
        var all = selectors
            .SelectMany(selector => selector.EventNames.Select(name => (Name: name, selector.EventSource)))
            .GroupBy(call => call.Name, call => call.EventSource, StringComparer.Ordinal)
            .ToFrozenDictionary(call => call.Key, Services, StringComparer.Ordinal);
        services = all.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var name in all.Keys.Where(name => name.Length is > 0 and <= MaxNameBytes))
            initials[name.Length] |= Initial(name[0]);
    }

    /// <summary>The services of an operation, by its name with or without a version (see <see cref="OperationNames"/>); none means any.</summary>
    public bool TryFind(ReadOnlySpan<byte> name, out ImmutableArray<byte[]> found)
    {
        found = [];
        if (name.IsEmpty || name.Length > MaxNameBytes || ((initials[name.Length] & Initial((char)name[0])) == 0 && !char.IsAsciiDigit((char)name[^1])))
            return false;
        Span<char> characters = stackalloc char[MaxNameBytes];
        if (Ascii.ToUtf16(name, characters, out var length) != System.Buffers.OperationStatus.Done)
            return false;
        ReadOnlySpan<char> text = characters[..length];
        return services.TryGetValue(text, out found) || (char.IsAsciiDigit(text[^1]) && TryFindVersion(text, out found));
    }

    private static ImmutableArray<byte[]> Services(IEnumerable<string> sources) =>
        sources.Contains(AnyService, StringComparer.Ordinal) ? [] : [.. sources.Select(Encoding.UTF8.GetBytes)];

    private static ulong Initial(char letter) => 1UL << (letter & 63);

    private bool TryFindVersion(ReadOnlySpan<char> text, out ImmutableArray<byte[]> found)
    {
        found = [];
        return TryFindBefore(text, text.Length - VersionDigits, out found)
            || TryFindBefore(text, text.LastIndexOf('v') - VersionDigits, out found);
    }

    private bool TryFindBefore(ReadOnlySpan<char> text, int at, out ImmutableArray<byte[]> found)
    {
        found = [];
        return at > 0 && OperationNames.IsVersionSuffix(text[at..]) && services.TryGetValue(text[..at], out found);
    }
}
