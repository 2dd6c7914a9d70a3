using System.Text;
using System.Text.RegularExpressions;

namespace ResponseKit.Text;

/// <summary>
/// Makes text harmless that people are sent: the actor chooses names, messages and user agents in records, and nobody should get a link, a mention or markup of theirs
/// in a mail or a chat message from ResponseKit. It stays readable: <c>hxxps[:]//evil[.]example</c>, <c>ana(at)evil[.]example</c>, <c>203[.]0[.]113[.]7</c>.
/// </summary>
public static partial class Defang
{
    // Milliseconds: texts are of one line, and none of the patterns goes back.
    private const int Patience = 2_000;

    private static readonly System.Buffers.SearchValues<char> Suspicious = System.Buffers.SearchValues.Create(".:@<>`~&|\u3002\uFF0E\uFF61\uFE52\uFF20\uFE6B\uFF1A]\uFF0F");

    /// <summary>
    /// The text, of which no mail program or chat makes a link, an address, a mention or markup. What looks like an ARN, an id or a command of ours stays as it is. Twice is
    /// the same as once.
    /// </summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAny(Suspicious))
            return text;
        var plain = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
            plain.Append(Plain(letter));
        var unlinked = SchemeWithSlashes().Replace(Scheme().Replace(plain.ToString(), "${scheme}[:]"), WithoutScheme);
        return Dotted().Replace(MarkdownLink().Replace(unlinked, "] ("), WithoutDots);
    }

    // What IDNA takes for a dot is one (Unicode TS 46, 2.3); and what Unicode calls compatible with a sign may be taken for it.
    private static string Plain(char letter) => letter switch
    {
        '@' or '\uFF20' or '\uFE6B' => "(at)",
        '<' => "(",
        '>' => ")",
        '`' => "'",
        '~' => "\u223C",
        '|' => "/",
        '&' => "+",
        '\u3002' or '\uFF0E' or '\uFF61' or '\uFE52' => "[.]",
        '\uFF1A' => "[:]",
        '\uFF0F' => "/",
        _ => letter.ToString(),
    };

    private static string WithoutScheme(Match match)
    {
        var scheme = match.Groups["scheme"].Value;
        return scheme.EndsWith("http", StringComparison.OrdinalIgnoreCase) ? $"{scheme[..^4]}hxxp[:]//"
            : scheme.EndsWith("https", StringComparison.OrdinalIgnoreCase) ? $"{scheme[..^5]}hxxps[:]//"
            : $"{scheme}[:]//";
    }

    // A host ends with letters, or is four numbers: a type such as g4dn.12xlarge and an action such as iam.contain-user are none.
    private static string WithoutDots(Match match)
    {
        var labels = match.Value.Split('.');
        return labels[1..].Any(CanEndHost) || FourNumbers().IsMatch(match.Value) ? string.Join("[.]", labels) : match.Value;
    }

    private static bool CanEndHost(string label) =>
        label.Trim('-') is { Length: > 1 } name && (name.All(letter => letter != '-' && !char.IsNumber(letter)) || name.StartsWith("xn--", StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"\b(?<scheme>mailto|tel|sms|javascript|vbscript|data|file|callto|skype|slack|msteams):", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"(?<scheme>[A-Za-z0-9+.\-]*)://", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex SchemeWithSlashes();

    [GeneratedRegex(@"\]\(", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex MarkdownLink();

    [GeneratedRegex(@"\d\.\d+\.\d+\.\d", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex FourNumbers();

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}\-]+(\.[\p{L}\p{M}\p{N}\-]+)+", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Dotted();
}
