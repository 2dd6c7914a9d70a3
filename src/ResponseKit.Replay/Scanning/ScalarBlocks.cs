using System.Runtime.CompilerServices;

namespace ResponseKit.Replay.Scanning;

/// <summary>Byte by byte, for processors without vectors; the tests hold the other ways against it.</summary>
internal readonly struct ScalarBlocks : IBlockReader
{
    public static ulong Find(ref readonly byte block, byte bits, byte wanted)
    {
        var found = 0UL;
        for (var at = 0; at < BlockMasks.Length; at++)
        {
            if ((Unsafe.Add(ref Unsafe.AsRef(in block), at) | bits) == wanted)
                found |= 1UL << at;
        }

        return found;
    }
}
