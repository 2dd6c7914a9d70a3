namespace ResponseKit.Bench.Measuring;

/// <summary>What one run of a program took.</summary>
/// <param name="Wall">Seconds from start to end.</param>
/// <param name="Processor">Seconds of processor time, the program's own and the system's on its behalf, all its processes together.</param>
/// <param name="PeakBytes">The most memory that was resident at a time, of its largest process.</param>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Output">What it wrote.</param>
internal sealed record Measurement(double Wall, double Processor, long PeakBytes, int ExitCode, string Output);

/// <summary>The least, the middle and the most of some numbers.</summary>
internal sealed record Spread(double Least, double Middle, double Most)
{
    public static Spread Of(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToList();
        var middle = sorted.Count / 2;
        return new(sorted[0], sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, sorted[^1]);
    }
}
