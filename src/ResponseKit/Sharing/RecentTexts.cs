namespace ResponseKit.Sharing;

/// <summary>
/// Remembers what was made of texts that came lately: most records share their callers, services and addresses. An earlier text gives way to a later
/// one in its place, so that whoever chooses the texts can make it useless but never large. For several threads.
/// </summary>
/// <param name="make">What is made of a text; the same for the same text.</param>
internal sealed class RecentTexts<T>(Func<string, T> make)
{
    private const int Places = 512;
    private const int MaxLength = 256;

    private readonly Entry?[] entries = new Entry?[Places];

    /// <summary>What is made of the text, new or remembered.</summary>
    public T Of(string text)
    {
        if (text.Length > MaxLength)
            return make(text);
        ref var entry = ref entries[text.GetHashCode(StringComparison.Ordinal) & (Places - 1)];
        if (entry is { } there && there.Text == text)
            return there.Made;
        var made = make(text);
        entry = new(text, made);
        return made;
    }

    private sealed record Entry(string Text, T Made);
}
