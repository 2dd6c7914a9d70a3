using ResponseKit.Text;

namespace ResponseKit.Detections;

/// <summary>
/// Names from records, made fit for a sentence. Whoever makes a call chooses its names, so they may hold line breaks, terminal
/// escapes or characters that turn the reading direction.
/// </summary>
internal static class Plain
{
    /// <summary>A name on one line, at most 80 characters; "(not recorded)" where there is none.</summary>
    public static string Name(string? text) => string.IsNullOrWhiteSpace(text) ? "(not recorded)" : Printable.Of(text);

    /// <summary>Several names: the first three, and how many more.</summary>
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
}
