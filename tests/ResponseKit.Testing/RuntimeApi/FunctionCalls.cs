using ResponseKit.Emulator.RuntimeApi;

namespace ResponseKit.Testing.RuntimeApi;

/// <summary>Calls of a function's process by tests, which wait two minutes at most.</summary>
public static class FunctionCalls
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Invokes the function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="payload">The event.</param>
    /// <param name="remaining">The time that the function is told it has; null for a minute.</param>
    public static async Task<FunctionAnswer> InvokeAsync(this FunctionProcess function, ReadOnlyMemory<byte> payload, TimeSpan? remaining = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await function.InvokeAsync(payload, remaining ?? TimeSpan.FromMinutes(1), patience.Token);
    }

    /// <summary>Completes with the process's exit code.</summary>
    public static async Task<int> ExitAsync(this FunctionProcess function)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await function.ExitAsync(patience.Token);
    }

    /// <summary>Completes when the function reports that it cannot start.</summary>
    public static async Task<FunctionAnswer> InitializationErrorAsync(this FunctionProcess function)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await function.InitializationErrorAsync(patience.Token);
    }
}
