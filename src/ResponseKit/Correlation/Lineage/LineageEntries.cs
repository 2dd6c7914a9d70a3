using System.Globalization;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Correlation.Lineage;

/// <summary>Makes lineage entries from names in records. What is no possible name of the kind, or belongs to another account, makes none.</summary>
internal static class LineageEntries
{
    public static IEnumerable<LineageEntry> Created(this CloudTrailRecord record, ResourceKind kind, string? name, string? path = null) =>
        Entry(record, kind, name, LineageRelation.Created, path);

    public static IEnumerable<LineageEntry> Altered(this CloudTrailRecord record, ResourceKind kind, string? name) =>
        Entry(record, kind, name, LineageRelation.Altered, null);

    public static IEnumerable<LineageEntry> Entered(this CloudTrailRecord record, string? roleArn) =>
        Entry(record, ResourceKind.IamRole, roleArn, LineageRelation.Entered, null);

    public static IEnumerable<LineageEntry> Mentioned(this CloudTrailRecord record, ResourceKind kind, string? name) =>
        Entry(record, kind, name, LineageRelation.Mentioned, null);

    public static IEnumerable<LineageEntry> Detached(this CloudTrailRecord record, string? instance, string? group) =>
        group is null ? [] : Entry(record, ResourceKind.Instance, instance, LineageRelation.Detached, null).Select(entry => entry with { Group = group });

    /// <summary>
    /// Whether an answer says that what it names was there before the call: its time of creation lies further back than clocks differ. False where there is no
    /// time that can be read.
    /// </summary>
    public static bool IsEarlier(this CloudTrailRecord record, Field made) => Moment(made) is { } time && time < record.Time - Authorship.Skew;

    /// <summary>A number of members as it is kept: what no service would accept is none.</summary>
    public static int? Size(long? number) => number is >= 0 and <= 1_000_000 ? (int)number : null;

    // CloudTrail writes times in milliseconds (EC2), in seconds, in ISO 8601, or as "Nov 2, 2025, 10:00:00 AM", which services spell in several ways.
    private static DateTimeOffset? Moment(Field made)
    {
        if (made.Real is { } number)
            return number is > 0 and < 250_000_000_000_000 ? DateTimeOffset.UnixEpoch.AddMilliseconds(number < 100_000_000_000 ? number * 1000 : number) : null;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces;
        return DateTimeOffset.TryParse(made.Text, CultureInfo.InvariantCulture, Utc, out var time) ? time : null;
    }

    private static IEnumerable<LineageEntry> Entry(CloudTrailRecord record, ResourceKind kind, string? name, LineageRelation relation, string? path)
    {
        if (name is null || ResourceRef.Parse(kind, name, record.Account, record.Region) is not { } resource || resource.Account != record.Account)
            return [];
        if (IamName.IsPath(path))
            resource = resource with { Path = path };
        return [new LineageEntry(resource, relation, record.EventId, record.Time)];
    }
}
