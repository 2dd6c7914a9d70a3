using System.Text;
using ResponseKit.Records;

namespace ResponseKit.Replay.Scanning;

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
    private readonly Dictionary<string, byte[][]>.AlternateLookup<ReadOnlySpan<char>> services;

    public OperationTable(IEnumerable<Selector> selectors)
    {
        var all = new Dictionary<string, byte[][]>(StringComparer.Ordinal);
        foreach (var selector in selectors)
        {
            foreach (var name in selector.EventNames)
                all[name] = With(all.GetValueOrDefault(name), selector.EventSource);
        }

        services = all.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var name in all.Keys.Where(name => name.Length is > 0 and <= MaxNameBytes))
            initials[name.Length] |= Initial(name[0]);
    }

    /// <summary>The services of an operation, by its name with or without a version (see <see cref="OperationNames"/>); none means any.</summary>
    public bool TryFind(ReadOnlySpan<byte> name, out byte[][] found)
    {
        found = [];
        if (name.IsEmpty || name.Length > MaxNameBytes || ((initials[name.Length] & Initial((char)name[0])) == 0 && !char.IsAsciiDigit((char)name[^1])))
            return false;
        Span<char> characters = stackalloc char[MaxNameBytes];
        if (Ascii.ToUtf16(name, characters, out var length) != System.Buffers.OperationStatus.Done)
            return false;
        ReadOnlySpan<char> text = characters[..length];
        return Has(text, out found) || (char.IsAsciiDigit(text[^1]) && TryFindVersion(text, out found));
    }

    // None of them means any.
    private static byte[][] With(byte[][]? known, string source)
    {
        var bytes = Encoding.UTF8.GetBytes(source);
        return source == AnyService || known is [] ? []
            : known is not null && Array.Exists(known, one => one.AsSpan().SequenceEqual(bytes)) ? known
            : [.. known ?? [], bytes];
    }

    private static ulong Initial(char letter) => 1UL << (letter & 63);

    private bool TryFindVersion(ReadOnlySpan<char> text, out byte[][] found)
    {
        found = [];
        return TryFindBefore(text, text.Length - VersionDigits, out found)
            || TryFindBefore(text, text.LastIndexOf('v') - VersionDigits, out found);
    }

    private bool TryFindBefore(ReadOnlySpan<char> text, int at, out byte[][] found)
    {
        found = [];
        return at > 0 && OperationNames.IsVersionSuffix(text[at..]) && Has(text[..at], out found);
    }

    private bool Has(ReadOnlySpan<char> name, out byte[][] found)
    {
        found = services.TryGetValue(name, out var known) ? known : [];
        return known is not null;
    }
}
