using System.Globalization;
using ResponseKit.Text;

namespace ResponseKit.Tests.Text;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain text, Ünïcode and 😀", "plain text, Ünïcode and 😀")]
    [InlineData("a\r\nb", "a\\u000D\\u000Ab")]
    [InlineData("\u001b[2J", "\\u001B[2J")]
    [InlineData("\u202egpj", "\\u202Egpj")]
    [InlineData("a\u2028b", "a\\u2028b")]
    [InlineData("a\u2029b", "a\\u2029b")]
    [InlineData("zero\u200bwidth", "zero\\u200Bwidth")]
    [InlineData("\ue000", "\\uE000")]
    [InlineData("", "")]
    [InlineData(null, "(nothing)")]
    public void Shows_what_harms_no_reader(string? text, string shown) => Assert.Equal(shown, Printable.Of(text));

    [Fact]
    public void Cuts_at_the_given_length()
    {
        Assert.Equal("abc", Printable.Of("abc", 3));
        Assert.Equal("abc…", Printable.Of("abcd", 3));
        Assert.Equal("ab…", Printable.Of("ab\ncd", 4));
        Assert.Equal(81, Printable.Of(new string('x', 1000)).Length);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_shown_as_such() => Assert.Equal("a\uFFFDb", Printable.Of("a\ud800b"));

    [Fact]
    public void Whatever_comes_in_is_one_harmless_line_of_bounded_length() => Properties.Holds(
        Properties.Hostile,
        text => Printable.Of(text, 20) is var shown && shown.Length <= 21
            && !shown.Any(character => char.IsControl(character) || char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator));

    [Fact]
    public void Making_it_printable_twice_changes_nothing_more() =>
        Properties.Holds(Properties.Hostile, text => Printable.Of(text, 1000) is var once && Printable.Of(once, 1000) == once);
}
