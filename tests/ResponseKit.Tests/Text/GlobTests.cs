using FsCheck;
using FsCheck.Fluent;
using ResponseKit.Text;

namespace ResponseKit.Tests.Text;

public sealed class GlobTests
{
    private static Gen<string> Text => Properties.TextOf("ab/", 0, 8);

    [Theory]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "abd", false)]
    [InlineData("abc", "ab", false)]
    [InlineData("ab", "abc", false)]
    [InlineData("a*c", "abbbc", true)]
    [InlineData("a*c", "abbbd", false)]
    [InlineData("*a*b", "xxaxxbxxb", true)]
    [InlineData("*aab", "aaaab", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("**", "", true)]
    [InlineData("?", "", false)]
    [InlineData("role/*", "role/a/b", true)]
    public void A_star_is_any_text_and_a_question_mark_one_character(string pattern, string text, bool matches) => Assert.Equal(matches, Glob.Matches(pattern, text));

    [Fact]
    public void A_text_without_wildcards_matches_itself_alone() =>
        Properties.Holds(from one in Text from other in Text select (one, other), pair => Glob.Matches(pair.one, pair.other) == (pair.one == pair.other));

    [Fact]
    public void A_star_in_place_of_any_part_still_matches() => Properties.Holds(
        from before in Text from part in Text from after in Text select (before, part, after),
        it => Glob.Matches($"{it.before}*{it.after}", it.before + it.part + it.after));

    [Fact]
    public void A_question_mark_in_place_of_any_character_still_matches() => Properties.Holds(
        from text in Text.Where(text => text.Length > 0) from at in Gen.Choose(0, text.Length - 1) select (text, at),
        it => Glob.Matches($"{it.text[..it.at]}?{it.text[(it.at + 1)..]}", it.text));

    [Fact]
    public void It_agrees_with_the_plain_definition() => Properties.Holds(
        from pattern in Properties.TextOf("ab*?", 0, 7) from text in Properties.TextOf("ab", 0, 7) select (pattern, text),
        it => Glob.Matches(it.pattern, it.text) == Plain(it.pattern, it.text));

    [Fact]
    public async Task A_hostile_pattern_takes_no_time()
    {
        var work = Task.Run(() => Glob.Matches(string.Concat(Enumerable.Repeat("*a", 500)) + "b", new string('a', 2000)));
        Assert.Same(work, await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(10))));
        Assert.False(await work);
    }

    private static bool Plain(string pattern, string text) => pattern.Length == 0
        ? text.Length == 0
        : pattern[0] == '*'
            ? Plain(pattern[1..], text) || (text.Length > 0 && Plain(pattern, text[1..]))
            : text.Length > 0 && (pattern[0] == '?' || pattern[0] == text[0]) && Plain(pattern[1..], text[1..]);
}
