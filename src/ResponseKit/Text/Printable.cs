using System.Globalization;
using System.Text;

namespace ResponseKit.Text;

/// <summary>
/// Makes text from outside fit to be shown: in a log line, a report, a terminal. Names and messages in records are chosen by whoever
/// made the call, who may want to forge a log line or hide one.
/// </summary>
public static class Printable
{
    /// <summary>
    /// The text on one line, at most so many characters of it: control characters, line and paragraph separators, invisible and
    /// direction-changing characters stand as <c>\uXXXX</c>. "(nothing)" for null.
    /// </summary>
    public static string Of(string? text, int atMost = 80)
    {
        if (text is null)
            return "(nothing)";
        if (text.Length <= atMost && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return text;
        var shown = new StringBuilder(Math.Min(text.Length, atMost) + 1);
        foreach (var rune in text.EnumerateRunes())
        {
            var piece = IsHarmless(rune) ? rune.ToString() : Escaped(rune);
            if (shown.Length + piece.Length > atMost)
                return shown.Append('…').ToString();
            shown.Append(piece);
        }

        return shown.ToString();
    }

    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned);

    private static string Escaped(Rune rune) => $"\\u{rune.Value:X4}";
}
