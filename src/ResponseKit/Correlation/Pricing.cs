using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Detections.Costs;

namespace ResponseKit.Correlation;

/// <summary>
/// Prices what was run from launch templates and task definitions by what the case knows of them. What it does not know is taken to be the smallest thing that is
/// usual.
/// </summary>
internal static class Pricing
{
    /// <summary>The signals with prices for all that runs.</summary>
    public static ImmutableArray<Signal> Of(ImmutableArray<Signal> signals)
    {
        if (!signals.Any(signal => signal.Finding.Cost?.Uses is not null))
            return signals;
        var prices = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var cost in signals.Select(signal => signal.Finding.Cost).OfType<Cost>())
        {
            // Of versions with the same name the dearest counts, whichever came first.
            foreach (var name in cost.Uses is null ? cost.Defines : [])
                prices[name] = Math.Max(prices.GetValueOrDefault(name), cost.UnitUsdPerHour);
        }

        // A group that was made from a template costs what the template does.
        foreach (var (signal, cost) in signals.Select(signal => (signal, signal.Finding.Cost)).Where(pair => pair.Cost is { Uses: not null, Defines.Count: > 0 }))
        {
            var unit = UnitOf(signal, cost!.Uses!, prices);
            foreach (var name in cost.Defines)
                prices[name] = Math.Max(prices.GetValueOrDefault(name), unit);
        }

        return [.. signals.Select(signal => signal.Finding.Cost is { Uses: { } uses } cost ? Priced(signal, cost, UnitOf(signal, uses, prices)) : signal)];
    }

    private static Signal Priced(Signal signal, Cost cost, decimal unit) => signal with
    {
        Finding = signal.Finding with
        {
            Cost = cost with { UsdPerHour = unit * cost.Units, MostUsdPerHour = cost.MostUnits > cost.Units ? unit * cost.MostUnits : null, Uses = null },
        },
    };

    private static decimal UnitOf(Signal signal, string uses, Dictionary<string, decimal> prices) =>
        prices.TryGetValue(uses, out var known) || prices.TryGetValue(Family(uses), out known) ? known
            : signal.DetectionId.StartsWith("ecs.", StringComparison.Ordinal) ? Prices.UnknownTask : Prices.UnknownMachine;

    // "arn:aws:ecs:…:task-definition/web:7" and "web:7" are of the family "web".
    private static string Family(string uses) => uses[(uses.LastIndexOf('/') + 1)..] is var name && name.LastIndexOf(':') is > 0 and var colon ? name[..colon] : name;
}
