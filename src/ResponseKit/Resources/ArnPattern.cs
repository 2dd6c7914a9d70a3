using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ResponseKit.Text;

namespace ResponseKit.Resources;

/// <summary>
/// A pattern over ARNs that is matched component by component: partition, service, region, account, kind, each segment of the path, name. The kind is always
/// spelt out. <c>*</c> (any text) and <c>?</c> (one character) stay within a component; only <c>/**</c> at the end stands for any further path and name.
/// An IAM path may hold any character from <c>!</c> to <c>~</c> (IAM User Guide, "IAM identifiers"), so a pattern over the whole text would let whoever
/// chooses a path choose whom they are taken for.
/// </summary>
public sealed class ArnPattern : IEquatable<ArnPattern>
{
    private readonly char separator;
    private readonly bool spansPaths;

    internal ArnPattern(string text, string[] parts, string kind, char separator, ImmutableArray<string> segments, bool spansPaths)
    {
        Text = text;
        (Partition, Service, Region, Account) = (parts[1], parts[2], parts[3], parts[4]);
        Kind = kind;
        Segments = segments;
        this.separator = separator;
        this.spansPaths = spansPaths;
    }

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    /// <summary>aws, aws-cn or aws-us-gov.</summary>
    public string Partition { get; }

    /// <summary>The service, such as <c>iam</c>.</summary>
    public string Service { get; }

    /// <summary>The region, <c>*</c>, or empty for a global service.</summary>
    public string Region { get; }

    /// <summary>The account's id, or <c>*</c>; empty or <c>aws</c> where the service's ARNs have that.</summary>
    public string Account { get; }

    /// <summary>What the resource is, such as <c>role</c>; empty where the service's ARNs do not say.</summary>
    public string Kind { get; }

    /// <summary>The segments of the path and, last, the name; without the <c>**</c> at the end.</summary>
    public ImmutableArray<string> Segments { get; }

    /// <summary>Whether it names an IAM user or role.</summary>
    public bool IsPrincipal => Service == "iam" && Kind is "user" or "role";

    /// <summary>Whether it spells out the path; a pattern without path does.</summary>
    public bool HasLiteralPath => !spansPaths && Segments.Take(Segments.Length - 1).All(IsLiteral);

    /// <summary>Whether it spells out the name.</summary>
    public bool HasLiteralName => !spansPaths && IsLiteral(Segments[^1]);

    /// <summary>The characters that the name begins with, up to the first wildcard; empty where <c>/**</c> stands for it.</summary>
    public string NamePrefix => spansPaths ? "" : Segments[^1].Split('*', '?')[0];

    /// <summary>Reads a pattern; false when the text is none, and then the problem says why, as a sentence.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ArnPattern? pattern, [NotNullWhen(false)] out string? problem)
    {
        problem = ArnPatternParser.Read(text, out pattern);
        return pattern is not null;
    }

    /// <summary>Reads a pattern that is known to be one. Throws <see cref="FormatException"/> when it is not.</summary>
    public static ArnPattern Parse(string text) => TryParse(text, out var pattern, out var problem) ? pattern : throw new FormatException(problem);

    /// <summary>Whether the ARN fits in every component. Upper and lower case differ.</summary>
    public bool Matches(in Arn arn)
    {
        if (arn.Partition != Partition || arn.Service != Service || !Fits(Region, arn.Region) || !Fits(Account, arn.Account))
            return false;
        var resource = arn.Resource.AsSpan();
        var kindLength = resource.IndexOfAny('/', ':');
        if (kindLength < 0)
            return separator == default && Glob.Matches(Segments[0], resource);
        return resource[kindLength] == separator && resource[..kindLength].SequenceEqual(Kind)
            && FitsPathAndName(resource[kindLength..(resource.LastIndexOf(separator) + 1)], resource[(resource.LastIndexOf(separator) + 1)..], ignoreCase: false);
    }

    /// <summary>Whether the text is an ARN that fits in every component.</summary>
    public bool Matches(string? arn) => Arn.TryParse(arn, out var parsed) && Matches(parsed);

    /// <summary>
    /// Whether an IAM user or role is surely meant: partition, account, kind, path and name fit, and so does their case. Never where the path is not known.
    /// For exemptions, which fail towards judging.
    /// </summary>
    public bool Means(ResourceRef principal) => MeansPrincipal(principal.Kind, principal.Partition, principal.Account, principal.Path, principal.Name);

    /// <summary>The same of a principal's parts: asked for every record, so nothing is made for it.</summary>
    internal bool MeansPrincipal(ResourceKind kind, string partition, string account, string? path, string name) =>
        IsOf(kind, partition, account) && path is not null && FitsPathAndName(path, name, ignoreCase: false);

    /// <summary>
    /// Whether an IAM user or role may be meant. For guards, which fail towards protecting: names are unique in an account whatever their path and case
    /// (IAM User Guide, "IAM and AWS STS quotas"), so a pattern without path, or with a name spelt out, means that name under every path; and a pattern with
    /// a path also means a principal whose path is not known.
    /// </summary>
    public bool MayMean(ResourceRef principal)
    {
        if (!IsOf(principal.Kind, principal.Partition, principal.Account))
            return false;
        if (spansPaths || (Segments.Length > 1 && !HasLiteralName))
            return principal.Path is { } path ? FitsPathAndName(path, principal.Name, ignoreCase: true) : spansPaths || FitsName(principal);
        return FitsName(principal);
    }

    /// <inheritdoc/>
    public bool Equals(ArnPattern? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ArnPattern);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The pattern as it was written.</summary>
    public override string ToString() => Text;

    private static bool IsLiteral(string segment) => !segment.AsSpan().ContainsAny('*', '?');

    private static bool Fits(string pattern, string component) => pattern == "*" || pattern == component;

    private bool IsOf(ResourceKind kind, string partition, string account) =>
        IsPrincipal && ReferenceEquals(kind, Kind == "role" ? ResourceKind.IamRole : ResourceKind.IamUser)
        && partition == Partition && Fits(Account, account);

    private bool FitsName(ResourceRef principal) => Glob.Matches(Segments[^1], principal.Name, ignoreCase: true);

    // The path begins and ends with the separator; it is the separator alone where there is no path.
    private bool FitsPathAndName(ReadOnlySpan<char> path, ReadOnlySpan<char> name, bool ignoreCase)
    {
        var rest = path[1..];
        foreach (var segment in Segments.AsSpan()[..^(spansPaths ? 0 : 1)])
        {
            var end = rest.IndexOf(separator);
            if (end < 0 || !Glob.Matches(segment, rest[..end], ignoreCase))
                return false;
            rest = rest[(end + 1)..];
        }

        return spansPaths ? !name.IsEmpty : rest.IsEmpty && Glob.Matches(Segments[^1], name, ignoreCase);
    }
}
