using ResponseKit.Text;

namespace ResponseKit.Resources;

/// <summary>AWS account ids: twelve digits, kept as text because leading zeros count.</summary>
public static class AccountId
{
    private static readonly Charset Word = new(Charset.Alphanumeric + "-_*", 64);

    /// <summary>Whether the text can stand for an account in a log that was made anonymous. Nothing may be done in such an account.</summary>
    public static bool IsWord(string? text) => Word.Fits(text);

    /// <summary>Whether the text is one.</summary>
    public static bool IsValid(string? text) => text is { Length: 12 } && !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}
