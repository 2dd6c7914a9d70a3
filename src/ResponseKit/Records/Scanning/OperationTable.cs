using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using ResponseKit.Detections;

namespace ResponseKit.Records.Scanning;

/// <summary>The operations that somebody listens to, with the services that have them, as the bytes of a record spell them.</summary>
internal sealed class OperationTable
{
    // RecordParser takes no longer ones.
    private const int MaxNameBytes = 128;
    private const int VersionDigits = 8;

    private readonly FrozenDictionary<string, ImmutableArray<byte[]>>.AlternateLookup<ReadOnlySpan<char>> services;

    public OperationTable(IEnumerable<Selector> selectors) =>
        services = selectors
            .SelectMany(selector => selector.EventNames.Select(name => (Name: name, selector.EventSource)))
            .GroupBy(call => call.Name, call => Encoding.UTF8.GetBytes(call.EventSource), StringComparer.Ordinal)
            .ToFrozenDictionary(call => call.Key, call => call.ToImmutableArray(), StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The services of an operation, by its name with or without a version (see <see cref="OperationNames"/>).</summary>
    public bool TryFind(ReadOnlySpan<byte> name, out ImmutableArray<byte[]> found)
    {
        found = [];
        Span<char> characters = stackalloc char[MaxNameBytes];
        if (name.IsEmpty || name.Length > MaxNameBytes || Ascii.ToUtf16(name, characters, out var length) != System.Buffers.OperationStatus.Done)
            return false;
        ReadOnlySpan<char> text = characters[..length];
        return services.TryGetValue(text, out found) || (char.IsAsciiDigit(text[^1]) && TryFindVersion(text, out found));
    }

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
