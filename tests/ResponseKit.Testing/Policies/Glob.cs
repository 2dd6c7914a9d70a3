namespace ResponseKit.Testing.Policies;

/// <summary>Patterns of IAM, in which <c>*</c> stands for any text and <c>?</c> for one character.</summary>
public static class Glob
{
    public static bool HasWildcard(string text) => text.AsSpan().IndexOfAny('*', '?') >= 0;

    /// <summary>Whether some text matches both patterns. A pattern without wildcards is a text.</summary>
    public static bool Overlap(string one, string other, bool ignoreCase = false)
    {
        var reached = new bool[one.Length + 1, other.Length + 1];
        reached[0, 0] = true;
        for (var at = 0; at <= one.Length; at++)
        {
            for (var with = 0; with <= other.Length; with++)
            {
                if (!reached[at, with])
                    continue;
                var (first, second) = (at < one.Length ? one[at] : '\0', with < other.Length ? other[with] : '\0');
                if (first == '*')
                    reached[at + 1, with] = true;
                if (second == '*')
                    reached[at, with + 1] = true;
                if (first == '*' && with < other.Length && second != '*')
                    reached[at, with + 1] = true;
                if (second == '*' && at < one.Length && first != '*')
                    reached[at + 1, with] = true;
                if (first is not ('*' or '\0') && second is not ('*' or '\0') && Same(first, second, ignoreCase))
                    reached[at + 1, with + 1] = true;
            }
        }

        return reached[one.Length, other.Length];
    }

    private static bool Same(char one, char other, bool ignoreCase) =>
        one == '?' || other == '?' || one == other || (ignoreCase && char.ToLowerInvariant(one) == char.ToLowerInvariant(other));
}
