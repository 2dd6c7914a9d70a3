using ResponseKit.Text;
using Spectre.Console;
using Words = Spectre.Console.Text;

namespace ResponseKit.Cli.Deployed;

/// <summary>Tables of text that others have chosen: nothing in it is markup, and nothing moves the cursor.</summary>
internal static class Tables
{
    public static Table Of(IReadOnlyList<string> titles, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var title in titles)
            table.AddColumn(new TableColumn(new Words(title)));
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Words(Printable.Of(cell, 300))));
        return table;
    }
}
