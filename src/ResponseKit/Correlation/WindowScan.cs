using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Policy;

namespace ResponseKit.Correlation;

/// <summary>Slides the windows over the signals of a case and remembers the worst, and when each level was reached for the first time.</summary>
internal sealed class WindowScan
{
    private readonly ImmutableArray<Signal> signals;
    private readonly CorrelationSettings settings;
    private readonly long usualMicros;
    private readonly Sliding window;
    private readonly Sliding rush;
    private readonly Sliding patient;
    private readonly List<DateTimeOffset> strange = [];

    private WindowScan(ImmutableArray<Signal> signals, CorrelationSettings settings, long usualMicros)
    {
        this.signals = signals;
        this.settings = settings;
        this.usualMicros = usualMicros;
        var kinds = new SignalKinds(signals);
        window = new(signals, kinds, settings, settings.WindowMinutes);
        rush = new(signals, kinds, settings, settings.RushMinutes);
        patient = new(signals, kinds, settings, Math.Max(settings.LongWindowMinutes, settings.WindowMinutes));
    }

    /// <summary>The worst window; of equally bad ones the latest, which tells most. Null when there are no signals.</summary>
    public Window? Worst { get; private set; }

    /// <summary>The first window that was worth watching.</summary>
    public Window? FirstWatch { get; private set; }

    /// <summary>The first window that called for the brake.</summary>
    public Window? FirstBrake { get; private set; }

    /// <summary>The first window that called for containment.</summary>
    public Window? FirstContain { get; private set; }

    /// <summary>The first window of the worst one's level; null when there was nothing remarkable.</summary>
    public Window? FirstOfWorst => Worst?.Level switch
    {
        Grading.Contain => FirstContain,
        Grading.Brake => FirstBrake,
        Grading.Watch => FirstWatch,
        _ => null,
    };

    /// <summary>Looks through signals in the order of time.</summary>
    /// <param name="signals">Signals in the order of time.</param>
    /// <param name="settings">Windows, thresholds and budgets.</param>
    /// <param name="usualMicros">What it is usual for the actor to run, in millionths of a US dollar an hour.</param>
    public static WindowScan Of(ImmutableArray<Signal> signals, CorrelationSettings settings, long usualMicros = 0)
    {
        var scan = new WindowScan(signals, settings, usualMicros);
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
        var rushing = rush.Tally.Parts;
        var (recent, patiently) = (window.Tally.Facts(rushing, usualMicros), patient.Tally.Facts(rushing, usualMicros));
        var grade = Grading.Of(recent, patiently, settings);
        var isWorst = Worst is null || (grade.Level, grade.Score, recent.Micros).CompareTo((Worst.Level, Worst.Score, Worst.Recent.Micros)) >= 0;
        if (grade.Level == 0 && !isWorst)
            return;
        var now = new Window(grade, recent, patiently, grade.IsLong ? patient.First : window.First, last, window.Tally.MostMicros);
        if (grade.Level >= Grading.Watch)
        {
            FirstWatch ??= now;
            if (now.Side.IsStranger)
                strange.Add(signals[last].Time);
        }

        if (grade.Level >= Grading.Brake)
            FirstBrake ??= now;
        if (grade.Level == Grading.Contain)
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
