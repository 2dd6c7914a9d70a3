using System.Buffers;
using System.Globalization;
using System.IO.Compression;

namespace ResponseKit.Bench.Passes;

/// <summary>What .NET itself can do with the files: the limits that replaying is compared with.
/// Run as a process of its own: <c>pass gunzip|names FOLDER CORES</c>.</summary>
internal static class Pass
{
    private const int BlockBytes = 128 * 1024;

    /// <summary>Runs one and writes how many bytes or records it saw.</summary>
    public static void Run(string what, string folder, int cores, TextWriter to)
    {
        var files = Directory.GetFiles(folder, "*.json.gz", SearchOption.AllDirectories);
        var options = new ParallelOptions { MaxDegreeOfParallelism = cores };
        var total = 0L;
        if (what == "gunzip")
        {
            Parallel.ForEach(files, options, () => 0L, (file, _, sum) => sum + Gunzip(file), sum => Interlocked.Add(ref total, sum));
        }
        else
        {
            var names = new Dictionary<string, long>(StringComparer.Ordinal);
            Parallel.ForEach(files, options, () => new NameCounter(), (file, _, counter) => counter.Read(file), counter => counter.AddTo(names));
            total = names.Values.Sum();
        }

        to.WriteLine(total.ToString(CultureInfo.InvariantCulture));
    }

    private static long Gunzip(string file)
    {
        using var compressed = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, BlockBytes, FileOptions.SequentialScan);
        using var text = new GZipStream(compressed, CompressionMode.Decompress);
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        var total = 0L;
        for (int count; (count = text.Read(block, 0, BlockBytes)) > 0;)
            total += count;
        ArrayPool<byte>.Shared.Return(block);
        return total;
    }
}
