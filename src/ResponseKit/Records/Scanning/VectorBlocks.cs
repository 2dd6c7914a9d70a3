using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResponseKit.Records.Scanning;

/// <summary>With the widest registers that the processor has.</summary>
internal readonly struct VectorBlocks : IBlockReader
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockMasks Read(ref readonly byte block)
    {
        if (Vector512.IsHardwareAccelerated)
            return Wide512Blocks.Read(in block);
        if (Vector256.IsHardwareAccelerated)
            return Wide256Blocks.Read(in block);
        return Vector128.IsHardwareAccelerated ? Wide128Blocks.Read(in block) : ScalarBlocks.Read(in block);
    }
}

/// <summary>One register of 64 bytes (AVX-512).</summary>
internal readonly struct Wide512Blocks : IBlockReader
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockMasks Read(ref readonly byte block)
    {
        var bytes = Vector512.LoadUnsafe(in block);
        var braces = bytes | Vector512.Create(BlockMasks.BraceBit);
        return new(
            Vector512.Equals(bytes, Vector512.Create((byte)'"')).ExtractMostSignificantBits(),
            Vector512.Equals(bytes, Vector512.Create((byte)'\\')).ExtractMostSignificantBits(),
            Vector512.Equals(braces, Vector512.Create((byte)'{')).ExtractMostSignificantBits(),
            Vector512.Equals(braces, Vector512.Create((byte)'}')).ExtractMostSignificantBits());
    }
}

/// <summary>Two registers of 32 bytes (AVX2).</summary>
internal readonly struct Wide256Blocks : IBlockReader
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockMasks Read(ref readonly byte block)
    {
        var low = Vector256.LoadUnsafe(in block);
        var high = Vector256.LoadUnsafe(in block, (nuint)Vector256<byte>.Count);
        var bit = Vector256.Create(BlockMasks.BraceBit);
        return new(Find(low, high, (byte)'"'), Find(low, high, (byte)'\\'), Find(low | bit, high | bit, (byte)'{'), Find(low | bit, high | bit, (byte)'}'));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Find(Vector256<byte> low, Vector256<byte> high, byte wanted)
    {
        var each = Vector256.Create(wanted);
        return Vector256.Equals(low, each).ExtractMostSignificantBits() | ((ulong)Vector256.Equals(high, each).ExtractMostSignificantBits() << 32);
    }
}

/// <summary>Four registers of 16 bytes (SSE2, NEON).</summary>
internal readonly struct Wide128Blocks : IBlockReader
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockMasks Read(ref readonly byte block) =>
        new(Find(in block, 0, (byte)'"'), Find(in block, 0, (byte)'\\'), Find(in block, BlockMasks.BraceBit, (byte)'{'), Find(in block, BlockMasks.BraceBit, (byte)'}'));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Find(ref readonly byte block, byte bit, byte wanted) =>
        Quarter(in block, 0, bit, wanted) | (Quarter(in block, 16, bit, wanted) << 16)
        | (Quarter(in block, 32, bit, wanted) << 32) | (Quarter(in block, 48, bit, wanted) << 48);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Quarter(ref readonly byte block, nuint offset, byte bit, byte wanted) =>
        Vector128.Equals(Vector128.LoadUnsafe(in block, offset) | Vector128.Create(bit), Vector128.Create(wanted)).ExtractMostSignificantBits();
}
