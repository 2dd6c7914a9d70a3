using System.Text;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Tests.Detections;

/// <summary>Every example of every detection, and the way from its JSON to a finding.</summary>
internal static class Examples
{
    public static readonly DetectionSettings Settings = new();

    public static IEnumerable<(IConfiguredDetection Detection, DetectionExample Example)> All =>
        DetectionCatalogue.All.SelectMany(detection => detection.Examples.Select(example => (detection, example)));

    /// <summary>Rows for a theory: what a failing test needs in its name is enough to find the example again.</summary>
    public static TheoryData<string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var (detection, example) in All)
                rows.Add(detection.Descriptor.Id, example.Name);
            return rows;
        }
    }

    public static TheoryData<string> Ids => [.. DetectionCatalogue.All.Select(detection => detection.Descriptor.Id)];

    public static IConfiguredDetection Detection(string id) => DetectionCatalogue.All.Single(detection => detection.Descriptor.Id == id);

    public static (IConfiguredDetection Detection, DetectionExample Example) Find(string id, string name)
    {
        var detection = Detection(id);
        return (detection, detection.Examples.Single(example => example.Name == name));
    }

    public static CloudTrailRecord Record(this DetectionExample example) => Parse(example.ToRecordJson());

    /// <summary>The record, or nothing where an event of a service's own cannot be believed, which stops it before any detection.</summary>
    public static CloudTrailRecord? RecordIfBelieved(this DetectionExample example) =>
        example.IsServiceEvent && RecordParser.Parse(Encoding.UTF8.GetBytes(example.ToRecordJson())) is ParseResult.Rejected ? null : example.Record();

    public static CloudTrailRecord Parse(string json) => RecordParser.Parse(Encoding.UTF8.GetBytes(json)) switch
    {
        ParseResult.Parsed(var record) => record,
        ParseResult.Rejected(var reason) => throw new InvalidOperationException(reason),
        _ => throw new InvalidOperationException("no such outcome"),
    };

    /// <summary>What a detection says of a call, as production asks it: only when a selector accepts the record.</summary>
    public static Finding? Look(this IConfiguredDetection detection, CloudTrailRecord? record, DetectionSettings? settings = null) =>
        record is not null && detection.Descriptor.Selectors.Any(selector => selector.Accepts(record))
            ? detection.Evaluate(record, settings ?? Settings)
            : null;
}
