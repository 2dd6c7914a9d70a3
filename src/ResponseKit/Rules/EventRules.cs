using System.Collections.Immutable;
using ResponseKit.Correlation;
using ResponseKit.Records;

namespace ResponseKit.Rules;

/// <summary>
/// Makes rules of selectors, as few as stay put: what listens to a call is derived here, and nowhere written twice. See
/// <c>docs/decisions/0013-rules-are-packed-from-the-catalogue.md</c>.
/// </summary>
public static class EventRules
{
    /// <summary>The most characters of an event pattern (EventBridge User Guide, "Amazon EventBridge quotas").</summary>
    public const int MaxPatternLength = 2048;

    /// <summary>The most rules of a bus, those of others included (EventBridge User Guide, "Amazon EventBridge quotas").</summary>
    public const int MaxRulesPerBus = 300;

    private const int PlaceBits = 64;

    /// <summary>The rules that deliver everything that a detection or lineage reader listens to.</summary>
    public static ImmutableArray<EventRule> All { get; } = For(Observer.Selectors, []);

    /// <summary>The rules that deliver what the selectors accept. Equal selectors give equal rules, in whatever order they come.</summary>
    /// <param name="selectors">Who listens to what.</param>
    /// <param name="ownRoleArns">
    /// Roles whose sessions' calls are not to be delivered, by their exact ARN: a path or prefix could be given to another role. Give a placeholder as long
    /// as an account id where that is not known yet.
    /// </param>
    /// <exception cref="ArgumentException">So many roles, or so long a name, that not even a rule for one call could hold them.</exception>
    /// <param name="place">Where the rules are, for what they leave out of the account's own; null to leave out nothing.</param>
    public static ImmutableArray<EventRule> For(IEnumerable<Selector> selectors, ImmutableArray<string> ownRoleArns, RulePlace? place = null) =>
    [
        .. selectors.SelectMany(selector => Heard.Of(selector)).Distinct().GroupBy(heard => heard.Kind).OrderBy(kind => kind.Key)
            .SelectMany(kind => Split(kind.Key, [.. kind], new(ownRoleArns, place is null ? [] : SessionOpenings.KnownIssuers(place)), 0, 0)),
    ];

    // Halves the alphabet until a half fits. Where a call goes depends on nothing but itself.
    private static IEnumerable<EventRule> Split(RuleKind kind, ImmutableArray<Heard> heard, LeftOut leftOut, ulong from, int bits)
    {
        if (heard.IsEmpty)
            return [];
        var pattern = EventPattern.Of(kind, heard, leftOut);
        if (pattern.Length <= MaxPatternLength)
            return [new EventRule(NameOf(kind, from, bits), pattern, IsOptional(kind) || kind is RuleKind.Sessions, Titles(heard)) { IsOptional = IsOptional(kind) }];
        if (heard.Length == 1 || bits == PlaceBits)
            throw new ArgumentException($"The pattern for {heard[0].Name} of {heard[0].From} is longer than {MaxPatternLength} characters: give fewer roles.", nameof(leftOut));
        var middle = from | (1UL << (PlaceBits - 1 - bits));
        return [
            .. Split(kind, heard.RemoveAll(one => one.Place >= middle), leftOut, from, bits + 1),
            .. Split(kind, heard.RemoveAll(one => one.Place < middle), leftOut, middle, bits + 1),
        ];
    }

    private static bool IsOptional(RuleKind kind) => kind is RuleKind.Reads or RuleKind.ReadsByCaller;

    private static string NameOf(RuleKind kind, ulong from, int bits)
    {
        var what = kind switch
        {
            RuleKind.Writes => "writes",
            RuleKind.Sessions => "sessions",
            RuleKind.Reads => "reads",
            RuleKind.ByCaller => "callers",
            RuleKind.ReadsByCaller => "callers-reads",
            _ => "events",
        };
        return bits == 0 ? $"ResponseKit-{what}" : $"ResponseKit-{what}-{Heard.RangeOf(from, bits)}";
    }

    private static ImmutableArray<string> Titles(ImmutableArray<Heard> heard) =>
        [.. heard.Select(one => one.Title).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
