using System.Buffers.Binary;
using System.Text;

namespace ResponseKit.Sharing;

/// <summary>
/// Gives the same string for the same text where it came lately, so that what very many records share is kept once. Bounded as <see cref="RecentTexts{T}"/>
/// is. For several threads.
/// </summary>
internal static class SharedTexts
{
    private const int Places = 4096;
    private const int MaxLength = 256;

    private static readonly string?[] Strings = new string?[Places];

    /// <summary>The string of a text in ASCII; null for any other text, and for one that is long.</summary>
    /// <param name="ascii">The text.</param>
    public static string? Of(ReadOnlySpan<byte> ascii)
    {
        if (ascii.Length is 0 or > MaxLength)
            return null;
        ref var place = ref Strings[PlaceOf(ascii)];
        if (place is { } there && Ascii.Equals(ascii, there))
            return there;
        return Ascii.IsValid(ascii) ? place = Encoding.ASCII.GetString(ascii) : null;
    }

    // Texts of one kind differ at their ends: ids, names and addresses.
    private static int PlaceOf(ReadOnlySpan<byte> text)
    {
        const ulong Odd = 0x9E3779B97F4A7C15;
        var hash = (ulong)text.Length;
        for (var rest = text; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(rest)) * Odd;
        foreach (var one in text[^(text.Length % sizeof(ulong))..])
            hash = (hash ^ one) * Odd;
        return (int)(hash >> 52);
    }
}
