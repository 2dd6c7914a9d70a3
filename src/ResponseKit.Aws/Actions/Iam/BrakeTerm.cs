using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>For how long a request brakes, and which sessions.</summary>
internal static class BrakeTerm
{
    /// <summary>How long a brake lasts unless the request says otherwise.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromHours(1);

    /// <summary>How far ahead a brake may end. A document that ends later is not one of ours.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private const int SessionsLength = 1024;

    public static readonly ActionOption Until = new(
        "until", "A time in ISO 8601, such as 2026-01-31T03:15:00Z, at most 24 hours ahead",
        "When the brake ends. Without it: in one hour, or when a brake ends that stands already.");

    public static readonly ActionOption Sessions = new(
        "sessions", "Ids of sessions of the role such as AROAEXAMPLE:name, with a space between them",
        "Brakes only these sessions. Name them only where an identity provider gave them their names (SAML): whoever calls AssumeRole chooses the name, and can choose another.")
    {
        MaxLength = SessionsLength,
    };

    /// <summary>What the request asks for; null, and a failed step, when it cannot be read.</summary>
    public static BrakeDocument? Of(ActionRun run)
    {
        var sessions = (run.Option(Sessions.Name) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToImmutableSortedSet(StringComparer.Ordinal);
        if (sessions.Any(session => !session.Contains(':', StringComparison.Ordinal)))
            return Refuse(run, Sessions);
        if (run.Option(Until.Name) is not { } text)
            return new BrakeDocument(Seconds(run.Now + Usual), sessions);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until) && until <= run.Now + Longest
            ? new BrakeDocument(Seconds(until), sessions)
            : Refuse(run, Until);
    }

    private static DateTimeOffset Seconds(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    private static BrakeDocument? Refuse(ActionRun run, ActionOption option)
    {
        run.Broken(
            new Step($"option/{option.Name}", "-", $"option {option.Name}", $"Read option {option.Name}"), "InvalidOption",
            $"options.{option.Name} must be: {option.Accepts}. Nothing was changed.");
        return null;
    }
}
