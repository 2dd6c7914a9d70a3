using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ResponseKit.Records.Scanning;

/// <summary>
/// Goes through text for the places where the last four characters of a string may be some that are looked for: where one of a few
/// letters has a quotation mark four bytes behind it. Of these there are few, whereas almost every quotation mark has a letter behind
/// it with which a name may begin.
/// </summary>
internal ref struct EndingScan(ReadOnlySpan<byte> text, ReadOnlySpan<byte> letters)
{
    /// <summary>How many characters of a string's end are looked at.</summary>
    public const int Length = 4;

    private const int BlockBytes = BlockMasks.Length + Length;

    private readonly ReadOnlySpan<byte> text = text;
    private readonly ReadOnlySpan<byte> letters = letters;
    private int block;
    private int next;
    private ulong places;

    /// <summary>The next place: the letter is there, and the quotation mark four bytes behind.</summary>
    public bool Next(out int place)
    {
        while (places == 0)
        {
            if (next + BlockBytes <= text.Length)
                block = next;
            else if (next + Length < text.Length && text.Length >= BlockBytes)
                block = text.Length - BlockBytes;
            else
                return NextOfRest(out place);
            // The last block begins in the one before it.
            places = Places() & (ulong.MaxValue << (next - block));
            next = block + BlockMasks.Length;
        }

        place = block + BitOperations.TrailingZeroCount(places);
        places &= places - 1;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ulong Places()
    {
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(text), block);
        var found = 0UL;
        foreach (var letter in letters)
            found |= VectorBlocks.Find(in first, 0, letter);
        return found & VectorBlocks.Find(in Unsafe.Add(ref first, Length), 0, (byte)'"');
    }

    // Text shorter than one block.
    private bool NextOfRest(out int place)
    {
        for (; next + Length < text.Length; next++)
        {
            if (text[next + Length] == '"' && letters.Contains(text[next]))
            {
                place = next++;
                return true;
            }
        }

        place = -1;
        return false;
    }
}
