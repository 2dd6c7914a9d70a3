namespace ResponseKit.Functions;

/// <summary>How a function divides the time until Lambda ends it.</summary>
/// <param name="remaining">The time from now; <see cref="Timeout.InfiniteTimeSpan"/> when nobody ends it.</param>
/// <param name="time">The clock.</param>
internal sealed class TimeBudget(TimeSpan remaining, TimeProvider time)
{
    private static readonly TimeSpan LeastMargin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostMargin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ToAnswer = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan ToFail = TimeSpan.FromMilliseconds(150);
    private readonly long start = time.GetTimestamp();

    /// <summary>The time left for work: all but what saving the receipt and answering take.</summary>
    public TimeSpan ForWork => LeftUntil(TimeSpan.FromTicks(Math.Clamp(remaining.Ticks / 5, LeastMargin.Ticks, MostMargin.Ticks)));

    /// <summary>The time left until even a call under way is given up, so that there is an answer at all.</summary>
    public TimeSpan ForAnswer => LeftUntil(ToAnswer);

    /// <summary>The time left until the function is given up by its host, so that Lambda hears why and does not end the process first.</summary>
    public TimeSpan ForHost => LeftUntil(ToFail);

    private TimeSpan LeftUntil(TimeSpan margin)
    {
        if (remaining == Timeout.InfiniteTimeSpan)
            return remaining;
        var left = remaining - margin - time.GetElapsedTime(start);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
