namespace ResponseKit.Response.Execution;

/// <summary>The time that a run has: a function's remaining time less what is needed to save the receipt and answer.</summary>
internal sealed class RunClock(TimeProvider time, TimeSpan allowed)
{
    private readonly DateTimeOffset end = allowed == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : time.GetUtcNow() + allowed;

    public DateTimeOffset Now => time.GetUtcNow();

    public bool HasTime => Now < end;

    public TimeSpan Left => end == DateTimeOffset.MaxValue ? Timeout.InfiniteTimeSpan : end > Now ? end - Now : TimeSpan.Zero;

    public Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken) => Task.Delay(pause, time, cancellationToken);
}
