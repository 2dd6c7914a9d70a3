using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Explaining;
using ResponseKit.Response.Evidence;

namespace ResponseKit.Reports;

/// <summary>A picture of an incident: the actor's acts above one axis of time, the response below. Lengths are in the picture's own units.</summary>
/// <param name="Width">How wide it is.</param>
/// <param name="Height">How high it is.</param>
/// <param name="Axis">At which height the axis lies.</param>
/// <param name="Lanes">The lanes, from top to bottom.</param>
/// <param name="Marks">What happened, in cells of a lane and some seconds.</param>
/// <param name="Ticks">The times at the axis.</param>
/// <param name="Text">The same in a sentence.</param>
public sealed record TimeLine(int Width, int Height, int Axis, ImmutableArray<Lane> Lanes, ImmutableArray<Mark> Marks, ImmutableArray<Tick> Ticks, string Text)
{
    private const int Columns = 80;
    private const int Gutter = 170;
    private const int Column = 10;
    private const int Row = 30;
    private const int Top = 16;

    private const int Ruler = 34;

    /// <summary>Draws it.</summary>
    /// <param name="observations">The actor's calls, oldest first.</param>
    /// <param name="dossier">What the response did.</param>
    internal static TimeLine Of(ImmutableArray<Observation> observations, IncidentDossier dossier)
    {
        var stages = dossier.Plan.Actions.Concat(dossier.Report.Held).GroupBy(action => action.ActionId, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.First().Stage, StringComparer.Ordinal);
        List<Happening> acts = [.. observations.Select(act => new Happening(act.Time, LaneOf(act)))];
        List<Happening> response = [.. dossier.Receipts.Where(receipt => receipt.HasChanged)
            .Select(receipt => new Happening(receipt.Started, stages.TryGetValue(receipt.Action, out var stage) ? stage.Title : "Other actions"))];
        var all = acts.Concat(response).Select(one => one.Time).Append(dossier.Written).ToList();
        var (from, until) = (all.Min(), acts.Concat(response).Select(one => one.Time).Append(all.Min()).Max());
        var width = until - from > TimeSpan.FromSeconds(1) ? until - from : TimeSpan.FromSeconds(1);
        var above = LanesOf(acts, [.. Enum.GetValues<SignalCategory>().Select(TitleOf), Rest]);
        var below = LanesOf(response, [.. Response.ResponseStage.All.Select(stage => stage.Title), "Other actions"]);
        var axis = Top + (above.Count * Row);
        var lanes = above.Select((title, at) => new Lane(title, Top + (at * Row) + (Row / 2), "actor"))
            .Concat(below.Select((title, at) => new Lane(title, axis + Ruler + (at * Row) + (Row / 2), "response")))
            .ToImmutableArray();
        return new TimeLine(
            Gutter + (Columns * Column) + 20, axis + Ruler + (below.Count * Row) + 8, axis + (Ruler / 2), lanes,
            [.. MarksOf(acts, "actor"), .. MarksOf(response, "response")],
            [.. Enumerable.Range(0, 5).Select(at => new Tick(Gutter + (at * Columns * Column / 4), Shown.Clock(from + (width * at / 4))))],
            $"{Shown.Count(acts.Count, "call")} of the actor's and {Shown.Count(response.Count, "action")} of the response between {Shown.Time(from)} and {Shown.Clock(until)}.");

        IEnumerable<Mark> MarksOf(List<Happening> happened, string side) => happened
            .GroupBy(one => (one.Lane, Column: Math.Min(Columns - 1, (int)((one.Time - from) / width * Columns))))
            .Select(cell => new Mark(
                Gutter + (cell.Key.Column * Column) + (Column / 2), lanes.First(lane => lane.Side == side && lane.Title == cell.Key.Lane).Y,
                Math.Min(Row / 2, 3 + (int)Math.Round(1.6 * Math.Log2(cell.Count()))), side,
                string.Create(CultureInfo.InvariantCulture, $"{Shown.Clock(cell.Min(one => one.Time))} {cell.Key.Lane}: {cell.Count()}")));
    }

    private const string Rest = "Other calls";

    private static string LaneOf(Observation act) => act.Signals.OrderByDescending(signal => signal.Finding.Weight).FirstOrDefault() is { } signal ? TitleOf(signal.Category) : Rest;

    private static string TitleOf(SignalCategory category) => Words.Name(category) is var name ? char.ToUpperInvariant(name[0]) + name[1..] : "";

    private static List<string> LanesOf(List<Happening> happened, ImmutableArray<string> order) =>
        [.. happened.Select(one => one.Lane).Distinct(StringComparer.Ordinal).OrderBy(order.IndexOf)];

    private readonly record struct Happening(DateTimeOffset Time, string Lane);
}

/// <summary>A lane of the time line.</summary>
/// <param name="Title">What is in it.</param>
/// <param name="Y">The height of its middle.</param>
/// <param name="Side"><c>actor</c> or <c>response</c>.</param>
public sealed record Lane(string Title, int Y, string Side);

/// <summary>What happened within some seconds in a lane.</summary>
/// <param name="X">Where.</param>
/// <param name="Y">Where.</param>
/// <param name="Radius">The larger, the more happened.</param>
/// <param name="Side"><c>actor</c> or <c>response</c>.</param>
/// <param name="Title">When, what and how often.</param>
public sealed record Mark(int X, int Y, int Radius, string Side, string Title);

/// <summary>A time at the axis.</summary>
/// <param name="X">Where.</param>
/// <param name="Label">The time of day.</param>
public sealed record Tick(int X, string Label);
