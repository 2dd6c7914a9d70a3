using System.Text;
using ResponseKit.Text;

namespace ResponseKit.Cli.Replay.Output;

/// <summary>Makes text from outside fit for Markdown and the HTML that becomes of it: every character that could be markup
/// within a line stands for itself; what is markup at the beginning of a line only never stands there. The bar of tables is left to
/// <see cref="Docs.MarkdownDocument"/>.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_[]~";

    public static string Of(string text)
    {
        var written = new StringBuilder(text.Length + 16);
        foreach (var character in Printable.Of(text, 1000))
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
