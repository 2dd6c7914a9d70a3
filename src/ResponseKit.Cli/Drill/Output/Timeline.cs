using System.Collections.Immutable;

namespace ResponseKit.Cli.Drill.Output;

/// <summary>The one time line of attacker and responder; each event is shown as it happens and kept for the report.</summary>
internal sealed class Timeline(TimeProvider time, Action<DrillEvent> show)
{
    private readonly Lock gate = new();
    private readonly List<DrillEvent> events = [];
    private long start = time.GetTimestamp();

    public ImmutableArray<DrillEvent> Events
    {
        get
        {
            lock (gate)
                return [.. events];
        }
    }

    public TimeSpan Elapsed => time.GetElapsedTime(start);

    /// <summary>Starts the clock anew: the attack begins.</summary>
    public void Begin() => start = time.GetTimestamp();

    public void Drill(string text) => Add(Side.Drill, text);

    public void Attacker(string text) => Add(Side.Attacker, text);

    public void Responder(string text) => Add(Side.Responder, text);

    private void Add(Side side, string text)
    {
        lock (gate)
        {
            var happened = new DrillEvent(Elapsed, side, text);
            events.Add(happened);
            show(happened);
        }
    }
}
