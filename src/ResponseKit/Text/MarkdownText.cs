using System.Text;

namespace ResponseKit.Text;

/// <summary>
/// Makes text from outside fit for Markdown and the HTML that becomes of it: every character that could be markup within a line stands for itself. What is
/// markup only at the beginning of a line, and the bar of tables, are left to whoever writes lines and tables.
/// </summary>
public static class MarkdownText
{
    private const string Special = "\\`*_[]~";

    /// <summary>The text on one line, at most so many characters of it before escaping.</summary>
    public static string Of(string? text, int atMost = 1000)
    {
        var written = new StringBuilder((text?.Length ?? 0) + 16);
        foreach (var character in Printable.Of(text, atMost))
        {
            written.Append(character switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                _ when Special.Contains(character) => $"\\{character}",
                _ => character.ToString(),
            });
        }

        return written.ToString();
    }
}
