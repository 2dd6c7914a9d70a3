using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Actors;
using ResponseKit.Detections;
using ResponseKit.Records;
using ResponseKit.Resources;
using ResponseKit.Text;

namespace ResponseKit.Correlation.Lineage.Changes;

/// <summary>Reads from records, row by row of the table, what a person can end by a command.</summary>
public sealed class ChangeLineage : ILineageReader
{
    // A call names that many things at most; who shares with more is told of these, and finds the others beside them.
    private const int MostOfOneCall = 50;
    private const int LongestValue = 1024;

    private static readonly ImmutableArray<ChangeRule> Told = [.. ChangeTable.All.Where(rule => rule.Commands.Length > 0)];

    private static readonly ILookup<string, ChangeRule> BySource = Told.ToLookup(rule => rule.Source, StringComparer.Ordinal);

    /// <inheritdoc/>
    public ImmutableArray<Selector> Selectors { get; } =
        [.. Told.GroupBy(rule => rule.Source).Select(rules => Selector.Writes(rules.Key, [.. rules.SelectMany(rule => rule.Calls).Distinct(StringComparer.Ordinal)]))];

    /// <inheritdoc/>
    public IEnumerable<LineageEntry> Read(CloudTrailRecord record) => [];

    /// <inheritdoc/>
    public IEnumerable<Change> Changes(CloudTrailRecord record) =>
        BySource[record.EventSource]
            .Where(rule => rule.Calls.Any(call => OperationNames.Is(record.EventName, call)) && rule.When?.Invoke(record) != false)
            .SelectMany(rule => Of(rule, record));

    private static IEnumerable<Change> Of(ChangeRule rule, CloudTrailRecord record)
    {
        var found = rule.Values.Select(value => (value.Name, Texts: Texts(value, record).Take(MostOfOneCall).ToList())).ToList();
        var many = found.Find(value => value.Texts.Count > 1);
        foreach (var item in many.Texts ?? [""])
        {
            var values = found.Where(value => value.Texts.Count > 0)
                .Select(value => KeyValuePair.Create(value.Name, value.Name == many.Name ? item : value.Texts[0]))
                .Where(value => IsShown(value.Value)).ToImmutableSortedDictionary(StringComparer.Ordinal);
            yield return new(rule.Id, record.Account, record.Region, values) { About = AboutOf(rule, record, values) };
        }
    }

    private static ResourceRef? AboutOf(ChangeRule rule, CloudTrailRecord record, ImmutableSortedDictionary<string, string> values) =>
        rule.About is { } about && Template.Fill(about.Name, values) is { } name
            && ResourceRef.Parse(about.Kind, name, record.Account, record.Region) is { } resource && resource.Account == record.Account
            ? resource
            : null;

    // A name that would not be shown as it is cannot be typed either: a person finds the thing in the console.
    private static bool IsShown(string text) => text.Length is > 0 and <= LongestValue && Printable.Of(text, LongestValue) == text;

    private static IEnumerable<string> Texts(ChangeValue value, CloudTrailRecord record)
    {
        foreach (var path in value.Paths)
        {
            var texts = At(path, record).Distinct(StringComparer.Ordinal).ToList();
            if (texts.Count > 0)
                return texts;
        }

        return value.Otherwise is { } otherwise ? [otherwise] : [];
    }

    private static IEnumerable<string> At(string path, CloudTrailRecord record)
    {
        if (path == "caller")
            return record.Actor is Actor.User user ? [user.Name] : [];
        var steps = path.Split('.');
        IEnumerable<Field> fields = [steps[0] == "request" ? record.Request : Answer(record)];
        foreach (var step in steps.Skip(1))
            fields = step.EndsWith("[]", StringComparison.Ordinal) ? fields.SelectMany(field => Each(field.Any(step[..^2]))) : fields.Select(field => field.Any(step));
        return fields.Select(field => field.Text ?? field.Number?.ToString(CultureInfo.InvariantCulture)).OfType<string>();
    }

    // CloudTrail wraps the answers of EC2's newer calls in an element named after the call.
    private static Field Answer(CloudTrailRecord record) => record.Response[$"{record.EventName}Response"] is { IsObject: true } inner ? inner : record.Response;

    // A list is an array, {"items": [...]}, or, where the wire's spelling is kept, {"item": ...} with one or many; one text may stand for a list of one.
    private static IEnumerable<Field> Each(Field list)
    {
        if (list["item"] is { IsPresent: true } wired)
            return wired.IsArray ? wired.Items : [wired];
        return list.Text is null ? list.List : [list];
    }
}
