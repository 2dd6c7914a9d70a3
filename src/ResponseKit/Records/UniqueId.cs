using ResponseKit.Text;

namespace ResponseKit.Records;

/// <summary>IAM's unique ids (IAM User Guide, "Unique identifiers"): four letters that say of what, and then letters and digits. One is never given twice.</summary>
internal static class UniqueId
{
    private const int Shortest = 16;
    private static readonly Charset Characters = new(Charset.Upper + Charset.Digits, 128);

    /// <summary>Whether a text is a whole id; what logs have shortened or put in its place finds nobody.</summary>
    public static bool IsWhole(string text) => text.Length >= Shortest && Characters.Fits(text);
}
