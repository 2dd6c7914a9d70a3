using ResponseKit.Policy;

namespace ResponseKit.Correlation;

/// <summary>For how long an incident's principals are braked, and how long that may be drawn out.</summary>
/// <param name="Since">When the first brake of this span began.</param>
/// <param name="Until">When it ends by itself.</param>
/// <param name="Most">The latest that it may ever end, whatever happens.</param>
public sealed record BrakeSpan(DateTimeOffset Since, DateTimeOffset Until, DateTimeOffset Most)
{
    /// <summary>
    /// How long after the end of a span another may begin. By then nothing that led to the first is within any window, and what leads to the next is new.
    /// </summary>
    public static readonly TimeSpan Rest = TimeSpan.FromHours(12);

    /// <summary>The name of the option by which an action is told when a brake ends.</summary>
    public const string Option = "until";

    /// <summary>A span that begins now.</summary>
    public static BrakeSpan From(DateTimeOffset now, BrakeSettings settings)
    {
        var most = now.AddMinutes(settings.LongestMinutes);
        return new(now, now.AddMinutes(Math.Min(settings.Minutes, settings.LongestMinutes)), most);
    }

    /// <summary>
    /// What stands when this one is asked for after an earlier one: the earlier one drawn out, never shortened and never beyond its own longest end; or this one,
    /// where the earlier one ended long ago.
    /// </summary>
    public BrakeSpan After(BrakeSpan? earlier)
    {
        if (earlier is null || Since >= earlier.Until + Rest)
            return this;
        var until = Until <= earlier.Most ? Until : earlier.Most;
        return earlier with { Until = until >= earlier.Until ? until : earlier.Until };
    }
}
