using ResponseKit.Policy;

namespace ResponseKit.Correlation.Blame;

/// <summary>How far back what somebody opened or made can be the same incident as what was done with it. Triage and replay use this and nothing else.</summary>
public static class Horizon
{
    /// <summary>A child's deed may seem to be earlier than its making: the clocks of services differ by seconds.</summary>
    internal static readonly TimeSpan Skew = TimeSpan.FromSeconds(10);

    /// <summary>
    /// As long as the longest window in which evidence adds up, with its rush before it. A role's session lasts twelve hours at most, so none outlives it
    /// by much (IAM User Guide, "Methods to assume a role").
    /// </summary>
    public static TimeSpan Of(CorrelationSettings settings) => Longest(settings) + TimeSpan.FromMinutes(settings.RushMinutes);

    /// <summary>The longest window in which evidence adds up.</summary>
    public static TimeSpan Longest(CorrelationSettings settings) => TimeSpan.FromMinutes(Math.Max(settings.LongWindowMinutes, settings.WindowMinutes));

    /// <summary>
    /// How far before a deed it has to be known what was done, so that it can be told who acted for whom: its doer was opened or made up to a horizon before,
    /// and what else the opener did counts up to a horizon before that.
    /// </summary>
    public static TimeSpan Before(CorrelationSettings settings) => 2 * Of(settings);
}
