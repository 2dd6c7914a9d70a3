using System.Globalization;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Tells the garbage collector how much memory the function has. Lambda ends a process that takes more, and .NET does not see that limit by itself
/// (dotnet/runtime issue 70601), so without this a heap grows past it instead of being collected.
/// </summary>
internal static class HeapLimit
{
    public static void Apply()
    {
        if (string.Equals(Setting("AWS_LAMBDA_DOTNET_DISABLE_MEMORY_LIMIT_CHECK"), "true", StringComparison.OrdinalIgnoreCase)
            || !uint.TryParse(Setting("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes))
            return;

        var limit = (ulong)megabytes << 20;
        // A lower limit that the function has set itself (DOTNET_GCHeapHardLimit) stands.
        if ((ulong)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes < limit)
            return;
        AppContext.SetData("GCHeapHardLimit", limit);
        try
        {
            GC.RefreshMemoryLimit();
        }
        catch (InvalidOperationException error)
        {
            // More is in use already. The function goes on without a limit of its own, as it would have.
            LogWriter.Default.Write(LogLevel.Warning, null, $"The garbage collector was not told of the function's {megabytes} MB: {error.Message}");
        }
    }

    private static string Setting(string name) => Environment.GetEnvironmentVariable(name);
}
