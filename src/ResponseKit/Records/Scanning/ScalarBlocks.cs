using System.Runtime.CompilerServices;

namespace ResponseKit.Records.Scanning;

/// <summary>Byte by byte, for processors without vectors; the tests hold the other ways against it.</summary>
internal readonly struct ScalarBlocks : IBlockReader
{
    public static BlockMasks Read(ref readonly byte block)
    {
        ulong quotes = 0, backslashes = 0, opens = 0, closes = 0;
        for (var at = 0; at < BlockMasks.Length; at++)
        {
            var bit = 1UL << at;
            switch (Unsafe.Add(ref Unsafe.AsRef(in block), at))
            {
                case (byte)'"': quotes |= bit; break;
                case (byte)'\\': backslashes |= bit; break;
                case (byte)'{' or (byte)'[': opens |= bit; break;
                case (byte)'}' or (byte)']': closes |= bit; break;
                default: break;
            }
        }

        return new(quotes, backslashes, opens, closes);
    }
}
