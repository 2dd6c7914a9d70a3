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

    /// <summary>Every string within a field, however deep: for answers whose exact nesting differs from service to service.</summary>
    public static IEnumerable<string> Strings(this Field field) => field.Text is { } text
        ? [text]
        : field.Items.Concat(field.Members.Select(member => member.Value)).SelectMany(Strings);

    private static IEnumerable<LineageEntry> Entry(CloudTrailRecord record, ResourceKind kind, string? name, LineageRelation relation, string? path)
    {
        if (name is null || ResourceRef.Parse(kind, name, record.Account, record.Region) is not { } resource || resource.Account != record.Account)
            return [];
        if (IamName.IsPath(path))
            resource = resource with { Path = path };
        return [new LineageEntry(resource, relation, record.EventId, record.Time)];
    }
}
