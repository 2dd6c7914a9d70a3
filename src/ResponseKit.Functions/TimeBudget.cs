namespace ResponseKit.Functions;

/// <summary>How a function divides the time until Lambda ends it.</summary>
internal static class TimeBudget
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ToAnswer = TimeSpan.FromMilliseconds(300);

    /// <summary>The time for work: all but what saving the receipt and answering take.</summary>
    public static TimeSpan ForWork(TimeSpan remaining)
    {
        if (remaining == Timeout.InfiniteTimeSpan)
            return remaining;
        var margin = remaining / 10;
        margin = margin < Shortest ? Shortest : margin > Longest ? Longest : margin;
        return remaining > margin ? remaining - margin : TimeSpan.Zero;
    }

    /// <summary>The time after which even a call under way is given up, so that there is an answer at all.</summary>
    public static TimeSpan BeforeTheEnd(TimeSpan remaining) =>
        remaining == Timeout.InfiniteTimeSpan ? remaining : remaining > ToAnswer ? remaining - ToAnswer : TimeSpan.Zero;
}
