using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ResponseKit.Replay.Scanning;

/// <summary>Where in 64 bytes the four kinds of characters are that give JSON its shape; bit 0 is the first byte.</summary>
/// <param name="Quotes">Quotation marks, escaped or not.</param>
/// <param name="Backslashes">Backslashes.</param>
/// <param name="Opens">Opening braces and brackets, in strings or not.</param>
/// <param name="Closes">Closing braces and brackets, in strings or not.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BlockMasks(ulong Quotes, ulong Backslashes, ulong Opens, ulong Closes)
{
    /// <summary>How many bytes one block has.</summary>
    public const int Length = 64;

    // A brace and the bracket of its side differ in this bit alone, and with it set no other byte equals a brace.
    private const byte BraceBit = 0x20;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockMasks Of<TBlocks>(ref readonly byte block)
        where TBlocks : struct, IBlockReader => new(
            TBlocks.Find(in block, 0, (byte)'"'), TBlocks.Find(in block, 0, (byte)'\\'),
            TBlocks.Find(in block, BraceBit, (byte)'{'), TBlocks.Find(in block, BraceBit, (byte)'}'));
}

/// <summary>A way to look at 64 bytes. All ways give the same.</summary>
internal interface IBlockReader
{
    /// <summary>Which bytes are the wanted one, once these bits of them are set; bit 0 is the first byte.</summary>
    static abstract ulong Find(ref readonly byte block, byte bits, byte wanted);
}
