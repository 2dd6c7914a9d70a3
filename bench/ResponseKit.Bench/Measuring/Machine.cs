using System.Globalization;
using System.Runtime.InteropServices;

namespace ResponseKit.Bench.Measuring;

/// <summary>On what it was measured, in general terms.</summary>
internal static class Machine
{
    public static string About => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores ({RuntimeInformation.ProcessArchitecture}), "
        + $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:0} GB of memory, Linux, .NET {Environment.Version}");

    /// <summary>How many processes wanted to run in the last minute.</summary>
    public static double Load => File.Exists("/proc/loadavg") ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) : double.NaN;
}
