namespace ResponseKit.Text;

/// <summary>
/// Patterns over one name: <c>*</c> stands for any text, <c>?</c> for one character. ARNs are never matched so, since a name or path may be chosen to look
/// like another part; see <see cref="Resources.ArnPattern"/>.
/// </summary>
public static class Glob
{
    /// <summary>Whether the whole text fits. Takes time in proportion to both lengths multiplied at worst, whatever the pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="text">The text.</param>
    /// <param name="ignoreCase">Whether A fits a. Of ASCII only: no other letter is taken for one that looks or sorts like it.</param>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, bool ignoreCase = false)
    {
        var (at, star, resume) = (0, -1, 0);
        for (var read = 0; read < text.Length;)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, resume) = (at++, read);
            }
            else if (at < pattern.Length && (pattern[at] == '?' || IsSame(pattern[at], text[read], ignoreCase)))
            {
                at++;
                read++;
            }
            else if (star >= 0)
            {
                // The last star takes one character more, and matching goes on behind it.
                at = star + 1;
                read = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].IndexOfAnyExcept('*') < 0;
    }

    private static bool IsSame(char one, char other, bool ignoreCase) =>
        one == other || (ignoreCase && (one ^ other) == 0x20 && char.IsAsciiLetter(one));
}
