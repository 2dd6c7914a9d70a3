using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResponseKit.Replay.Scanning;

/// <summary>With the widest registers that the processor has.</summary>
internal readonly struct VectorBlocks : IBlockReader
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Find(ref readonly byte block, byte bits, byte wanted)
    {
        if (Vector512.IsHardwareAccelerated)
            return Wide512Blocks.Find(in block, bits, wanted);
        if (Vector256.IsHardwareAccelerated)
            return Wide256Blocks.Find(in block, bits, wanted);
        return Vector128.IsHardwareAccelerated ? Wide128Blocks.Find(in block, bits, wanted) : ScalarBlocks.Find(in block, bits, wanted);
    }
}

/// <summary>One register of 64 bytes (AVX-512).</summary>
internal readonly struct Wide512Blocks : IBlockReader
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Find(ref readonly byte block, byte bits, byte wanted) =>
        Vector512.Equals(Vector512.LoadUnsafe(in block) | Vector512.Create(bits), Vector512.Create(wanted)).ExtractMostSignificantBits();
}

/// <summary>Two registers of 32 bytes (AVX2).</summary>
internal readonly struct Wide256Blocks : IBlockReader
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Find(ref readonly byte block, byte bits, byte wanted) =>
        Half(in block, 0, bits, wanted) | (Half(in block, 32, bits, wanted) << 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Half(ref readonly byte block, nuint offset, byte bits, byte wanted) =>
        Vector256.Equals(Vector256.LoadUnsafe(in block, offset) | Vector256.Create(bits), Vector256.Create(wanted)).ExtractMostSignificantBits();
}

/// <summary>Four registers of 16 bytes (SSE2, NEON).</summary>
internal readonly struct Wide128Blocks : IBlockReader
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Find(ref readonly byte block, byte bits, byte wanted) =>
        Quarter(in block, 0, bits, wanted) | (Quarter(in block, 16, bits, wanted) << 16)
        | (Quarter(in block, 32, bits, wanted) << 32) | (Quarter(in block, 48, bits, wanted) << 48);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Quarter(ref readonly byte block, nuint offset, byte bits, byte wanted) =>
        Vector128.Equals(Vector128.LoadUnsafe(in block, offset) | Vector128.Create(bits), Vector128.Create(wanted)).ExtractMostSignificantBits();
}
