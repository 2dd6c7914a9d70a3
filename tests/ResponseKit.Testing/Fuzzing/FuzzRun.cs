using System.Diagnostics;
using System.Globalization;
using System.Text;
using Xunit.Abstractions;

namespace ResponseKit.Testing.Fuzzing;

/// <summary>
/// Puts many changed inputs into something that reads what others wrote, and demands of each: no unexpected exception, an answer within time and memory, the same one twice, and a reason
/// where it is refused. RESPONSEKIT_FUZZ_COUNT says how many a target, RESPONSEKIT_FUZZ_SEED where to begin; a failure names the seed that shows it.
/// </summary>
/// <param name="output">Where the count is written.</param>
public sealed class FuzzRun(ITestOutputHelper output)
{
    private const int UsualCount = 4_000;
    private const int UsualSeed = 20_251_102;
    private const long MostBytes = 256L * 1024 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Runs.</summary>
    /// <param name="target">What is tried.</param>
    /// <param name="input">Makes an input with a mutator.</param>
    /// <param name="read">Reads it, and says what came of it: <c>null</c> when it was taken, else why it was refused; and all that can be seen of the answer.</param>
    public void Try(string target, Func<Mutator, byte[]> input, Func<byte[], (string? Refusal, string Seen)> read)
    {
        var (count, seed) = (Number("RESPONSEKIT_FUZZ_COUNT", UsualCount), Number("RESPONSEKIT_FUZZ_SEED", UsualSeed));
        var (taken, longest) = (0, TimeSpan.Zero);
        for (var at = 0; at < count; at++)
        {
            var bytes = input(new Mutator(seed + at));
            try
            {
                var (watch, before) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
                var (refusal, seen) = read(bytes);
                var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                if (watch.Elapsed > longest)
                    longest = watch.Elapsed;
                Assert.True(watch.Elapsed < Longest, $"It took {watch.Elapsed}.");
                Assert.True(allocated < MostBytes, $"It used {allocated} bytes.");
                Assert.True(refusal is not "", "It was refused without a reason.");
                Assert.Equal((refusal, seen), read(bytes));
                if (refusal is null)
                    taken++;
            }
            catch (Exception error)
            {
                throw new InvalidOperationException(
                    $"{target}: RESPONSEKIT_FUZZ_SEED={seed + at} RESPONSEKIT_FUZZ_COUNT=1 shows it with {bytes.Length} bytes: {Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 1_500)))}", error);
            }
        }

        var line = string.Create(
            CultureInfo.InvariantCulture, $"fuzz: {target}: {count} inputs from seed {seed}, {taken} taken, {count - taken} refused with a reason, the longest took {longest.TotalMilliseconds:0} ms");
        output.WriteLine(line);
        // Inputs that are all refused would try nothing but the first look.
        Assert.True(taken > 0 && taken < count || count < 100, line);
    }

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : usual;
}
