using System.Collections.Immutable;
using ResponseKit.Detections.Costs;
using ResponseKit.Records;

namespace ResponseKit.Detections.Glue;

/// <summary>Workers of Glue, whatever they are: what they cost is added up.</summary>
public sealed class WorkersRunning : IDetection
{
    // What Glue takes for a job of which nothing is said (AWS Glue API, "Jobs", MaxCapacity), and for a development endpoint.
    private const decimal UsualUnits = 10;
    private const decimal EndpointUnits = 5;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "glue.workers-running",
        Title = "Glue workers run, at their price",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CloudServiceHijacking, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Glue, "CreateJob", "CreateSession", "CreateDevEndpoint")],
        Why = "A session and an endpoint cost as much as their workers until somebody ends them; a job costs nothing until it runs. It weighs nothing by itself.",
        BenignCauses = ["Everybody who works with Glue"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (!Amounts.Counts(record))
            return null;
        var request = record.Request;
        var units = Units(request);
        if (record.EventName == "CreateJob")
            return Found(request.Any("name").Text, new Cost(0) { MostUsdPerHour = (units ?? UsualUnits) * ServicePrices.GlueUnit });
        var usual = record.EventName == "CreateDevEndpoint" ? EndpointUnits : UsualUnits;
        return Found(request.Any("endpointName").Text ?? request.Any("id").Text, new Cost((units ?? usual) * ServicePrices.GlueUnit));
    }

    private static Finding Found(string? name, Cost cost) => new(0, $"asked Glue for the workers of {Plain.Name(name)}") { Cost = cost };

    // Workers of a type, or data processing units in older calls.
    private static decimal? Units(Field request) =>
        Amounts.Fraction(request.Any("numberOfWorkers")) is { } workers ? workers * ServicePrices.GlueUnits(request.Any("workerType").Text)
        : Amounts.Fraction(request.Any("maxCapacity")) ?? Amounts.Fraction(request.Any("allocatedCapacity")) ?? Amounts.Fraction(request.Any("numberOfNodes"));

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a job, which may be run", EventSources.Glue, "CreateJob", """{"name":"load","workerType":"G.1X","numberOfWorkers":10}"""),
        DetectionExample.Match("a session", EventSources.Glue, "CreateSession", """{"id":"s-1","numberOfWorkers":5}"""),
        DetectionExample.Match("a development endpoint", EventSources.Glue, "CreateDevEndpoint", """{"endpointName":"w","numberOfNodes":5}"""),
        DetectionExample.Ignore("a refused call", EventSources.Glue, "CreateSession", """{"id":"s-1","numberOfWorkers":300}""", "AccessDeniedException"),
    ];
}
