using System.Text;

namespace ResponseKit.Cli.Docs;

/// <summary>A Markdown text in the making: blocks with one empty line between them.</summary>
internal sealed class MarkdownDocument
{
    private readonly StringBuilder text = new();

    public void Heading(int level, string title) => Block($"{new string('#', level)} {title}");

    public void Paragraph(string sentences) => Block(sentences);

    /// <summary>One item a line.</summary>
    public void List(IEnumerable<string> items) => Block(string.Join('\n', items.Select(item => "- " + item)));

    /// <summary>A table; what its cells hold must not break a line.</summary>
    public void Table(IReadOnlyCollection<string> columns, IEnumerable<IReadOnlyCollection<string>> rows)
    {
        IEnumerable<IReadOnlyCollection<string>> lines = [columns, [.. columns.Select(_ => "---")], .. rows];
        Block(string.Join('\n', lines.Select(cells => $"| {string.Join(" | ", cells.Select(Cell))} |")));
    }

    /// <summary>Text as code.</summary>
    public static string Code(string text) => $"`{text}`";

    /// <summary>The link to a heading of the same document, as GitHub names it.</summary>
    public static string LinkToHeading(string title, string heading)
    {
        var anchor = heading.ToLowerInvariant().Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_');
        return $"[{title}](#{string.Concat(anchor).Replace(' ', '-')})";
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    private static string Cell(string content) => content.Replace("|", "\\|", StringComparison.Ordinal);

    private void Block(string block)
    {
        if (text.Length > 0)
            text.Append('\n');
        text.Append(block).Append('\n');
    }
}
