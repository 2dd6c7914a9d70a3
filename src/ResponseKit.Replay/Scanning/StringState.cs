using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;

namespace ResponseKit.Replay.Scanning;

/// <summary>Which bytes are inside of strings, from one block of 64 bytes to the next.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct StringState
{
    private const ulong OddBits = 0xAAAA_AAAA_AAAA_AAAA;

    // All ones while a string goes on, else zero.
    private ulong open;
    // Bit 0: the first byte of the next block is escaped.
    private ulong escaped;

    /// <summary>Whether a string goes on behind what was looked at.</summary>
    public readonly bool IsOpen => open != 0;

    /// <summary>
    /// The bytes of the next block that are in a string; the opening mark counts as in it, the closing one does not.
    /// Only so many bytes of the block are text; there is no quotation mark and no backslash behind them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next(in BlockMasks masks, int length)
    {
        var marks = masks.Quotes;
        if ((masks.Backslashes | escaped) != 0)
        {
            marks &= ~EscapedBytes(masks.Backslashes, escaped, out var escaping);
            escaped = (escaping >> (length - 1)) & 1;
        }

        var inside = RunningParity(marks) ^ open;
        open = (ulong)((long)inside >> 63);
        return inside;
    }

    // In a row of backslashes every second one is itself escaped. Subtracting finds the ends of all rows at once: a row that begins
    // at an even place carries into the odd bits, one that begins at an odd place does not.
    private static ulong EscapedBytes(ulong backslashes, ulong firstIsEscaped, out ulong escaping)
    {
        var first = backslashes & ~firstIsEscaped;
        var ends = (((first << 1) | OddBits) - first) ^ OddBits;
        escaping = ends & backslashes;
        return ends ^ (backslashes | firstIsEscaped);
    }

    /// <summary>Bit n is the parity of the bits 0 to n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong RunningParity(ulong bits)
    {
        if (Pclmulqdq.IsSupported)
            return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar();
        return ArmAes.IsSupported
            ? ArmAes.PolynomialMultiplyWideningLower(Vector64.CreateScalar(bits), Vector64<ulong>.AllBitsSet).ToScalar()
            : RunningParityByShifts(bits);
    }

    internal static ulong RunningParityByShifts(ulong bits)
    {
        for (var distance = 1; distance < 64; distance <<= 1)
            bits ^= bits << distance;
        return bits;
    }
}
