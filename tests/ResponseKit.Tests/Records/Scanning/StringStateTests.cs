using FsCheck;
using FsCheck.Fluent;
using ResponseKit.Replay.Scanning;

namespace ResponseKit.Tests.Records.Scanning;

public sealed class StringStateTests
{
    private static readonly Gen<ulong> Bits = from high in Gen.Choose(int.MinValue, int.MaxValue)
                                              from low in Gen.Choose(int.MinValue, int.MaxValue)
                                              select ((ulong)(uint)high << 32) | (uint)low;

    [Fact]
    public void The_running_parity_is_the_same_without_carry_less_multiplication() => Properties.Holds(
        Bits, bits => StringState.RunningParity(bits) == StringState.RunningParityByShifts(bits));

    [Fact]
    public void The_running_parity_counts_the_bits_so_far() => Properties.Holds(
        from bits in Bits from at in Gen.Choose(0, 63) select (bits, at),
        pair => ((StringState.RunningParity(pair.bits) >> pair.at) & 1) == (ulong)(System.Numerics.BitOperations.PopCount(pair.bits << (63 - pair.at)) & 1));
}
