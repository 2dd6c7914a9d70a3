using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ResponseKit.Text;

/// <summary>The characters that some sort of name may be made of, and how long it may be.</summary>
internal sealed class Charset(string characters, int maxLength, int minLength = 1)
{
    public const string Lower = "abcdefghijklmnopqrstuvwxyz";
    public const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    public const string Digits = "0123456789";
    public const string Alphanumeric = Upper + Lower + Digits;

    /// <summary>Everything visible in ASCII.</summary>
    public const string Visible = Alphanumeric + "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private readonly SearchValues<char> allowed = SearchValues.Create(characters);

    public bool Fits([NotNullWhen(true)] string? text) =>
        text is not null && text.Length >= minLength && text.Length <= maxLength && !text.AsSpan().ContainsAnyExcept(allowed);
}
