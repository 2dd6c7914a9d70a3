using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Correlation;

/// <summary>
/// The evidence within a window that slides over the signals. Of each detection the strongest signal counts in full, the second half, the
/// third a third, up to eight: a repetition is evidence too, but less. The very same thing tried again is none. Of what is unusual, and of
/// patterns, only the strongest signal counts: they say by themselves how much there was.
/// </summary>
/// <param name="settings">The caps.</param>
/// <param name="signals">All signals that the window may hold.</param>
/// <param name="kinds">Their kinds, in the same order.</param>
internal sealed class Tally(CorrelationSettings settings, ImmutableArray<Signal> signals, SignalKinds kinds)
{
    /// <summary>How many signals of one detection count at all.</summary>
    public const int CountedPerDetection = 8;

    private const int CostlyFrom = 20;
    private const string RootKey = "root.access-key-used";

    // Divisible by 1 to 8: sums of halves and thirds stay exact, so that the order of adding makes no difference.
    private const int Unit = 840;

    // Of each detection the negative weights, in their order: the heaviest come first.
    private readonly List<int>?[] weights = new List<int>?[kinds.Detections];
    private readonly int[] same = new int[kinds.Count];
    private readonly long[] sums = new long[Parts.Categories];
    private readonly int[] caps = [.. Enumerable.Range(0, Parts.Categories).Select(category => settings.Caps.GetValueOrDefault((SignalCategory)category))];
    private readonly Spending spending = new();
    private readonly Patterns.Counter<string> places = new();
    private readonly Patterns.Counter<string> byUse = new();
    private readonly Patterns.Counter<string> aboutUse = new();
    private readonly int[] damages = new int[Enum.GetValues<DamageKind>().Length];
    private int acts;
    private int decisive;
    private int costly;
    private int grave;
    private int rootKeys;
    private int looks;

    /// <summary>What all of it may grow to by itself, in millionths of a US dollar an hour.</summary>
    public long MostMicros => spending.MostMicros;

    /// <summary>Each category's part, after its cap.</summary>
    public Parts Parts
    {
        get
        {
            var parts = default(Parts);
            for (var category = 0; category < Parts.Categories; category++)
                parts[category] = (int)Math.Min(caps[category], sums[category] / Unit);
            return parts;
        }
    }

    /// <summary>What the signals show.</summary>
    /// <param name="rush">The parts of the last minutes.</param>
    /// <param name="usualMicros">What it is usual for the actor to run.</param>
    public WindowFacts Facts(in Parts rush, long usualMicros)
    {
        var (pattern, habits) = (0, 0);
        foreach (var detection in kinds.Unusual)
        {
            if (weights[detection.Number] is not [var heaviest, ..])
                continue;
            if (detection.IsPattern)
                pattern = Math.Max(pattern, -heaviest);
            else
                habits -= heaviest;
        }

        var protection = 0L;
        foreach (var number in kinds.Protecting)
            protection += weights[number] is { } heavy ? SumOf(heavy, SignalCategory.Obstruction) / Unit : 0;
        var done = Damages.None;
        for (var kind = 0; kind < damages.Length; kind++)
            done |= damages[kind] > 0 ? (Damages)(1 << kind) : Damages.None;
        return new(Parts, rush, Math.Max(0, spending.Micros - usualMicros), places.Different, byUse.Different, byUse.Different == 0 ? 0 : aboutUse.Different, (int)protection, done, pattern, habits, acts > 0, decisive > 0, grave > 0, costly > 0, rootKeys > 0)
        {
            HasLook = looks > 0,
            MostMicros = spending.MostMicros,
        };
    }

    /// <summary>Adds the signal at a place.</summary>
    public void Add(int at) => Count(at, 1);

    /// <summary>Takes away the signal at a place.</summary>
    public void Remove(int at) => Count(at, -1);

    /// <summary>What each detection of these signals adds to its category, before the cap.</summary>
    public static ImmutableDictionary<string, int> Points(ImmutableArray<Signal> signals, CorrelationSettings settings)
    {
        var kinds = new SignalKinds(signals);
        var tally = new Tally(settings, signals, kinds);
        for (var at = 0; at < signals.Length; at++)
            tally.Add(at);
        return signals.Select((signal, at) => (signal.DetectionId, Place: at)).DistinctBy(one => kinds[one.Place].Detection).ToImmutableDictionary(
            one => one.DetectionId,
            one => (int)(SumOf(tally.weights[kinds[one.Place].Detection]!, signals[one.Place].Category) / Unit),
            StringComparer.Ordinal);
    }

    public static bool IsDecisive(Signal signal) => signal.Finding.Decisive && signal.Outcome.TookEffect;

    /// <summary>
    /// Whether a signal shows somebody acting: a call that took effect, or a costly one that only a quota or the account's state held up.
    /// Looking around, trying out and being refused harm nobody, unless the refusals make a pattern of their own.
    /// </summary>
    public static bool IsAct(Signal signal) => signal.Category switch
    {
        SignalCategory.Recon => false,
        SignalCategory.Novelty =>
            signal.DetectionId.StartsWith(Patterns.PatternScan.Prefix, StringComparison.Ordinal) && signal.Outcome is CallOutcome.Denied or CallOutcome.Failed,
        SignalCategory.Provisioning => signal.Outcome is CallOutcome.Succeeded or CallOutcome.Failed,
        _ => signal.Outcome.TookEffect,
    };

    private void Count(int at, int by)
    {
        var (signal, kind) = (signals[at], kinds[at]);
        acts += kind.IsAct ? by : 0;
        decisive += kind.IsDecisive ? by : 0;
        grave += signal.IsGrave ? by : 0;
        rootKeys += signal.DetectionId == RootKey ? by : 0;
        looks += signal.Finding.Facts.ContainsKey(FoundCredential.Fact) ? by : 0;
        if (signal.Finding.Damage is { } damage && signal.Outcome.TookEffect)
            damages[(int)damage] += by;
        if (signal.Finding.Cost is { } cost && signal.Outcome.TookEffect)
        {
            spending.Count(cost, by);
            // A template costs nothing where it lies.
            if (cost.UsdPerHour > 0)
                Count(places, signal.Region, by);
        }

        if (signal.IsAboutUse && signal.Outcome.TookEffect)
        {
            Count(aboutUse, signal.Region, by);
            if (signal.IsByUse)
                Count(byUse, signal.Region, by);
        }

        costly += kind.IsAct && signal is { Category: SignalCategory.Provisioning, Finding.Weight: >= CostlyFrom } ? by : 0;
        var there = same[kind.Same] += by;
        if ((by > 0 && there == 1) || (by < 0 && there == 0))
            Weigh(signal, kind.Detection, by);
    }

    private static void Count(Patterns.Counter<string> counter, string region, int by)
    {
        if (by > 0)
            counter.Add(region);
        else
            counter.Remove(region);
    }

    private void Weigh(Signal signal, int detection, int by)
    {
        var counts = weights[detection] ??= [];
        sums[(int)signal.Category] -= SumOf(counts, signal.Category);
        var weight = -Math.Max(0, signal.Finding.Weight);
        var place = counts.BinarySearch(weight);
        if (by > 0)
            counts.Insert(place < 0 ? ~place : place, weight);
        else
            counts.RemoveAt(place);
        sums[(int)signal.Category] += SumOf(counts, signal.Category);
    }

    private static long SumOf(List<int> weights, SignalCategory category)
    {
        var most = Math.Min(weights.Count, category == SignalCategory.Novelty ? 1 : CountedPerDetection);
        var sum = 0L;
        for (var place = 0; place < most; place++)
            sum += -(long)weights[place] * (Unit / (place + 1));
        return sum;
    }
}
