using System.Text.RegularExpressions;
using FsCheck.Fluent;
using ResponseKit.Text;

namespace ResponseKit.Tests.Text;

/// <summary>Nobody gets a link, an address, a mention or markup that the actor made.</summary>
public sealed partial class DefangTests
{
    [Theory]
    [InlineData("https://evil.example/login?a=1", "hxxps[:]//evil[.]example/login?a=1")]
    [InlineData("HTTP://evil.example", "hxxp[:]//evil[.]example")]
    [InlineData("xhttps://evil.example", "xhxxps[:]//evil[.]example")]
    [InlineData("see www.evil.example now", "see www[.]evil[.]example now")]
    [InlineData("javascript:alert(1)", "javascript[:]alert(1)")]
    [InlineData("mailto:ana@evil.example", "mailto[:]ana(at)evil[.]example")]
    [InlineData("@here and @channel", "(at)here and (at)channel")]
    [InlineData("<!channel> <https://evil.example|sign in>", "(!channel) (hxxps[:]//evil[.]example/sign in)")]
    [InlineData("[sign in](https://evil.example)", "[sign in] (hxxps[:]//evil[.]example)")]
    [InlineData("<a href='//evil.example'>", "(a href='//evil[.]example')")]
    [InlineData("203.0.113.7", "203[.]0[.]113[.]7")]
    [InlineData("evil\u3002example", "evil[.]example")]
    [InlineData("\u0435vil.\u0440\u0444", "\u0435vil[.]\u0440\u0444")]
    [InlineData("evil.xn--p1ai", "evil[.]xn--p1ai")]
    [InlineData("~~not~~ &lt;", "\u223C\u223Cnot\u223C\u223C +lt;")]
    public void A_link_an_address_or_markup_is_none_any_more(string text, string defanged) => Assert.Equal(defanged, Defang.Of(text));

    [Theory]
    [InlineData("arn:aws:iam::111122223333:role/service/OrganizationSupport-28x668")]
    [InlineData("iam.contain-user on arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0")]
    [InlineData("tried 3 g4dn.12xlarge instances, 1.5 hours; 2025-11-02 10:00:00Z")]
    [InlineData("responsekit approve inc-20251102-100000-0123456789ab --reject --reason '…'")]
    [InlineData("""{"decision":"approve","incident":"inc-1","by":"your name","reason":"…"}""")]
    [InlineData("")]
    public void What_responsekit_says_itself_stays_as_it_is(string text) => Assert.Equal(text, Defang.Of(text));

    [Fact]
    public void Whatever_the_text_nothing_is_left_to_click_and_twice_is_once() => Properties.Holds(
        from parts in Gen.Elements(
            "http", "https", "://", ":", "//", "/", "www.", "evil", ".", "com", "example", "@", "<", ">", "|", "`", "~", "[", "]", "(", ")", "mailto:", "\u3002", "\uFF0E", "\uFF20", "\uFF1A",
            "\uFF0F", "&", "lt;", "xn--p1ai", "10", "203.0.113.7", " ", "-", "_", "\u200B", "\u0435", "\n", "!", "s3", "hxxp").ArrayOf()
        select string.Concat(parts),
        text => Defang.Of(text) is var safe && !Link().IsMatch(safe) && Defang.Of(safe) == safe);

    // As the linkers of mail programs and chats find them.
    [GeneratedRegex(@"://|[@<>`~|&\u3002\uFF0E\uFF61\uFF20\uFF1A]|\]\(|\b(mailto|javascript|data):|[\p{L}\p{N}]\.[\p{L}]{2,}(?![\p{L}\p{N}\-])|\d+\.\d+\.\d+\.\d+", RegexOptions.IgnoreCase)]
    private static partial Regex Link();
}
