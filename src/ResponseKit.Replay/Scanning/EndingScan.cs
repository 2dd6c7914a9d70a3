using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ResponseKit.Replay.Scanning;

/// <summary>
/// Goes through text for the places where the last four characters of a string may be some that are looked for: where one of two
/// letters has a quotation mark four bytes behind it. Of these there are few, whereas almost every quotation mark has a letter behind
/// it with which a name may begin.
/// </summary>
internal static class EndingScan
{
    /// <summary>How many characters of a string's end are looked at.</summary>
    public const int Length = 4;

    private const int BlockBytes = BlockMasks.Length + Length;

    /// <summary>Asks about each place until one is what is looked for.</summary>
    /// <param name="text">The text.</param>
    /// <param name="one">A letter that may stand four bytes before a quotation mark.</param>
    /// <param name="other">Another one, or the same.</param>
    /// <param name="asked">Is told each place, and answers whether that is enough.</param>
    public static bool Any<TAsked>(ReadOnlySpan<byte> text, byte one, byte other, ref TAsked asked)
        where TAsked : struct, IEndingAsked, allows ref struct
    {
        if (text.Length < BlockBytes)
            return AnyOfFew(text, one, other, ref asked);
        ref var first = ref MemoryMarshal.GetReference(text);
        for (var next = 0; next + Length < text.Length; next += BlockMasks.Length)
        {
            // The last block begins in the one before it.
            var block = Math.Min(next, text.Length - BlockBytes);
            ref var start = ref Unsafe.Add(ref first, block);
            var places = (VectorBlocks.Find(in start, 0, one) | VectorBlocks.Find(in start, 0, other))
                & VectorBlocks.Find(in Unsafe.Add(ref start, Length), 0, (byte)'"') & (ulong.MaxValue << (next - block));
            for (; places != 0; places &= places - 1)
            {
                if (asked.IsEnough(block + BitOperations.TrailingZeroCount(places)))
                    return true;
            }
        }

        return false;
    }

    private static bool AnyOfFew<TAsked>(ReadOnlySpan<byte> text, byte one, byte other, ref TAsked asked)
        where TAsked : struct, IEndingAsked, allows ref struct
    {
        for (var place = 0; place + Length < text.Length; place++)
        {
            if (text[place + Length] == '"' && (text[place] == one || text[place] == other) && asked.IsEnough(place))
                return true;
        }

        return false;
    }
}

/// <summary>Is asked about the places that a scan finds.</summary>
internal interface IEndingAsked
{
    bool IsEnough(int place);
}
