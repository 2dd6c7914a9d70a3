using System.Globalization;
using System.Text;

namespace ResponseKit.Detections;

/// <summary>
/// Makes text from records safe to put into sentences, logs and reports. Whoever makes a call chooses its names, so they may
/// hold line breaks, terminal escapes or characters that turn the reading direction.
/// </summary>
internal static class Plain
{
    private const int NameLength = 80;

    /// <summary>A name for a sentence: clean, at most 80 characters; "(not recorded)" where there is none.</summary>
    public static string Name(string? text) => string.IsNullOrWhiteSpace(text) ? "(not recorded)" : Text(text, NameLength);

    /// <summary>Several names for a sentence: the first three, and how many more.</summary>
    public static string Names(IEnumerable<string> names)
    {
        string[] all = [.. names];
        var shown = string.Join(", ", all.Take(3).Select(Name));
        return all.Length switch
        {
            0 => Name(null),
            <= 3 => shown,
            _ => $"{shown} and {all.Length - 3} more",
        };
    }

    /// <summary>The text with every invisible or unpaired character replaced, cut at a length; a cut shows as an ellipsis.</summary>
    public static string Text(string text, int length)
    {
        var clean = new StringBuilder(Math.Min(text.Length, length) + 1);
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > length)
                return clean.Append('…').ToString();
            clean.Append(IsVisible(rune) ? rune.ToString() : "\uFFFD");
        }

        return clean.ToString();
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
