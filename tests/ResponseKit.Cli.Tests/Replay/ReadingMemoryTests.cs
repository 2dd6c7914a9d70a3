using static ResponseKit.Cli.Tests.Replay.LogFolder;

namespace ResponseKit.Cli.Tests.Replay;

/// <summary>Counts what the whole process allocates, so nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(ReadingMemoryTests), DisableParallelization = true)]
[Collection(nameof(ReadingMemoryTests))]
public sealed class ReadingMemoryTests : IDisposable
{
    private readonly LogFolder logs = new();

    public void Dispose() => logs.Dispose();

    [Fact]
    public async Task Memory_does_not_grow_with_the_file()
    {
        var lines = string.Concat(Enumerable.Range(0, 2000).Select(record => Record($"{record}", "Describe") + "\n"));
        logs.Write("small.ndjson", lines);
        logs.Write("large.ndjson", string.Concat(Enumerable.Repeat(lines, 40)));
        await logs.ReadAsync(logs.At("small.ndjson"));
        var before = GC.GetTotalAllocatedBytes();

        var outcome = await logs.ReadAsync(logs.At("large.ndjson"));

        Assert.Equal(80_000, outcome.Summary.Records);
        Assert.InRange(outcome.Summary.Bytes, 20_000_000, long.MaxValue);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 4_000_000);
    }
}
