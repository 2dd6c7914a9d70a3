using System.Collections.Immutable;
using ResponseKit.Text;
using Spectre.Console;
using Words = Spectre.Console.Text;

namespace ResponseKit.Cli.Undo;

/// <summary>Shows what was undone.</summary>
internal static class UndoScreen
{
    /// <summary>Shows it, and says whether nothing went wrong.</summary>
    public static bool Show(IAnsiConsole console, ImmutableArray<Undone> undone)
    {
        foreach (var one in undone.OfType<Undone.Done>())
        {
            Line(console, "undone", "green", $"{one.Receipt.Action}: {one.Reverted.Message}");
            foreach (var step in one.Reverted.Steps)
                Line(console, "", "grey", $"  {step.Summary} ({step.Outcome.GetType().Name.ToLowerInvariant()})");
        }

        foreach (var one in undone.OfType<Undone.Wrong>())
            Line(console, "FAILED", "red", $"{one.Receipt.Action} on {string.Join(", ", one.Receipt.Targets.Take(3))}: {one.Problem}");
        var left = undone.OfType<Undone.NotUndone>().ToList();
        foreach (var group in left.GroupBy(one => one.Reason, StringComparer.Ordinal))
            Line(console, "left", "yellow", $"{Receipts(group.Count())}: {group.Key}{(group.Key.StartsWith("made", StringComparison.Ordinal) ? ", so it stays contained; --all undoes that too" : "")}");
        var wrong = undone.OfType<Undone.Wrong>().Count();
        console.WriteLine($"{Receipts(undone.OfType<Undone.Done>().Count())} undone, {left.Count} left, {wrong} failed.");
        return wrong == 0;
    }

    private static string Receipts(int count) => count == 1 ? "1 receipt" : $"{count} receipts";

    private static void Line(IAnsiConsole console, string word, string style, string text)
    {
        console.Write(new Words(word.PadRight(8), Style.Parse(style)));
        console.Write(new Words(Printable.Of(text, 1000) + Environment.NewLine));
    }
}
