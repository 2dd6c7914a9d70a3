using System.Collections.Immutable;
using System.Text;
using ResponseKit.Text;

namespace ResponseKit.Response.Notifications;

/// <summary>What people are told about an incident. It holds no secret.</summary>
public sealed record Notice
{
    // Amazon SNS API Reference, "Publish": ASCII, less than 100 characters, without control characters and line breaks.
    private const int LongestSubject = 99;

    // The same: a message has at most 262,144 bytes. What people read has less.
    private const int LongestText = 60_000;

    /// <summary>The incident.</summary>
    public required string Incident { get; init; }

    /// <summary>The state that is told of, once an incident: <c>opened-1</c>, <c>asked-2</c>, <c>ended-1</c>.</summary>
    public required string State { get; init; }

    /// <summary>The subject as it is; <see cref="SubjectLine"/> is what is sent.</summary>
    public required string Subject { get; init; }

    /// <summary>The message's lines.</summary>
    public required ImmutableArray<string> Lines { get; init; }

    /// <summary>Lines behind these that hold nothing from outside, and are sent as they are, such as the address of a report.</summary>
    public ImmutableArray<string> OwnLines { get; init; } = [];

    /// <summary>Message attributes by which subscriptions filter, such as <c>verdict</c>, <c>account</c> and <c>mode</c>; empty values are not sent.</summary>
    public ImmutableSortedDictionary<string, string> Attributes { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The subject, defanged, in what SNS takes: fewer than 100 ASCII characters without control characters, the first of them no blank.</summary>
    public string SubjectLine
    {
        get
        {
            var line = new StringBuilder(Math.Min(Subject.Length, LongestSubject));
            foreach (var rune in Defang.Of(Subject).EnumerateRunes())
            {
                if (line.Length == LongestSubject)
                    break;
                line.Append(rune.Value is >= ' ' and <= '~' ? (char)rune.Value : '?');
            }

            var text = line.ToString().Trim();
            return text.Length == 0 ? "ResponseKit" : text;
        }
    }

    /// <summary>The message as plain text; what came from outside is fit to be shown, and nothing in it is a link (see <see cref="Defang"/>).</summary>
    public string Text
    {
        get
        {
            var text = string.Join('\n', [.. Lines.Select(line => Defang.Of(Printable.Of(line, 2_000))), .. OwnLines.Select(line => Printable.Of(line, 2_000))]);
            return text.Length <= LongestText ? text : text[..LongestText] + "\n…";
        }
    }
}
