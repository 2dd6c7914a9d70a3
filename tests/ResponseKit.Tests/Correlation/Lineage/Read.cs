using ResponseKit.Correlation;
using ResponseKit.Tests.Records;

namespace ResponseKit.Tests.Correlation.Lineage;

/// <summary>What the readers make of one record, as text: <c>Created arn:…</c>, and <c>child -> parent</c> for links.</summary>
internal static class Read
{
    public static string[] Lineage(Sample sample)
    {
        var record = sample.Record();
        return
        [
            .. LineageCatalogue.All.Where(reader => reader.Selectors.Any(selector => selector.Accepts(record)))
                .SelectMany(reader => reader.Read(record))
                .Select(entry => entry.EventId == record.EventId && entry.Time == record.Time ? $"{entry.Relation} {entry.Resource.ToFullArn()}" : "of another record"),
        ];
    }

    public static LineageEntry[] Entries(Sample sample)
    {
        var record = sample.Record();
        return [.. LineageCatalogue.All.Where(reader => reader.Selectors.Any(selector => selector.Accepts(record))).SelectMany(reader => reader.Read(record))];
    }

    public static string[] Links(Sample sample)
    {
        var record = sample.Record();
        return
        [
            .. LineageCatalogue.All.Where(reader => reader.Selectors.Any(selector => selector.Accepts(record)))
                .SelectMany(reader => reader.Links(record))
                .Select(link => link.Time == record.Time ? $"{link.Child} -> {link.Parent}" : "of another time"),
        ];
    }
}
