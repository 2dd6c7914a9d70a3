namespace ResponseKit.Policy;

/// <summary>Patterns as IAM policies use them: <c>*</c> stands for any text, slashes and colons included, <c>?</c> for one character.</summary>
public static class Glob
{
    /// <summary>Whether the whole text fits. Takes time in proportion to both lengths multiplied at worst, whatever the pattern.</summary>
    public static bool Matches(string pattern, string text)
    {
        var (at, star, resume) = (0, -1, 0);
        for (var read = 0; read < text.Length;)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, resume) = (at++, read);
            }
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == text[read]))
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

        return pattern.AsSpan(at).IndexOfAnyExcept('*') < 0;
    }
}
