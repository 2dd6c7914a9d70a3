using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Policy;

namespace ResponseKit.Correlation;

/// <summary>Slides the windows over the signals of a case and remembers the worst, and when each level was reached for the first time.</summary>
internal sealed class WindowScan
{
    private readonly ImmutableArray<Signal> signals;
    private readonly CorrelationSettings settings;
    private readonly Sliding window;
    private readonly Sliding rush;
    private readonly Sliding patient;
    private readonly List<DateTimeOffset> strange = [];

    private WindowScan(ImmutableArray<Signal> signals, CorrelationSettings settings)
    {
        this.signals = signals;
        this.settings = settings;
        var kinds = new SignalKinds(signals);
        window = new(signals, kinds, settings, settings.WindowMinutes);
        rush = new(signals, kinds, settings, settings.RushMinutes);
        patient = new(signals, kinds, settings, Math.Max(settings.LongWindowMinutes, settings.WindowMinutes));
    }

    /// <summary>The worst window; of equally bad ones the latest, which tells most. Null when there are no signals.</summary>
    public Window? Worst { get; private set; }

    /// <summary>The first window that was worth watching.</summary>
    public Window? FirstWatch { get; private set; }

    /// <summary>The first window that called for containment.</summary>
    public Window? FirstContain { get; private set; }

    /// <summary>Looks through signals in the order of time.</summary>
    public static WindowScan Of(ImmutableArray<Signal> signals, CorrelationSettings settings)
    {
        var scan = new WindowScan(signals, settings);
        for (var last = 0; last < signals.Length; last++)
            scan.Take(last);
        return scan;
    }

    /// <summary>When the window up to a moment was a stranger's and worth watching; signals in the order of time.</summary>
    public static IReadOnlyList<DateTimeOffset> StrangeTimes(ImmutableArray<Signal> signals, CorrelationSettings settings) => Of(signals, settings).strange;

    private void Take(int last)
    {
        window.Take(last);
        rush.Take(last);
        patient.Take(last);
        // Signals of one moment belong together: judging between them would make the order of equals matter.
        if (last + 1 < signals.Length && signals[last + 1].Time == signals[last].Time)
            return;
        var (parts, rushing, patiently) = (window.Tally.Parts, rush.Tally.Parts, patient.Tally.Parts);
        var (score, longScore) = (Scoring.Of(parts, rushing, window.Tally.HasCostly), Scoring.OfLong(patiently));
        var isLong = longScore > score;
        var side = isLong ? patient : window;
        var (most, acted, decided) = (Math.Max(score, longScore), side.Tally.HasActs, window.Tally.IsDecided);
        var level = decided || (acted && most >= settings.ContainAt) ? 2 : most >= settings.WatchAt || window.Tally.HasGrave ? 1 : 0;
        var isWorst = Worst is null || (level, most).CompareTo((Worst.Level, Worst.Score)) >= 0;
        if (level == 0 && !isWorst)
            return;
        var now = new Window(level, most, isLong ? patiently : parts, rushing, side.First, last, isLong, acted, decided, window.Tally.HasCostly);
        if (level >= 1)
        {
            FirstWatch ??= now;
            if (Scoring.IsStranger(now.Parts))
                strange.Add(signals[last].Time);
        }

        if (level == 2)
            FirstContain ??= now;
        if (isWorst)
            Worst = now;
    }

    /// <summary>A window of some length that ends at the signal taken last.</summary>
    private sealed class Sliding(ImmutableArray<Signal> signals, SignalKinds kinds, CorrelationSettings settings, int minutes)
    {
        public Tally Tally { get; } = new(settings, signals, kinds);

        public int First { get; private set; }

        public void Take(int last)
        {
            Tally.Add(last);
            for (; signals[last].Time - signals[First].Time > TimeSpan.FromMinutes(minutes); First++)
                Tally.Remove(First);
        }
    }
}
