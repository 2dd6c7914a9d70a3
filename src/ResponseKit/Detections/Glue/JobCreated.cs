using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Records;

namespace ResponseKit.Detections.Glue;

/// <summary>A Glue job, session or development endpoint, which runs any Python or Scala on workers.</summary>
public sealed class JobCreated : IDetection
{
    private const int OrdinaryWeight = 3;
    private const int EndpointWeight = 6;
    private const int LargeWeight = 10;
    private const int VeryLargeWeight = 20;
    private const decimal LargeWorkers = 50;
    private const decimal VeryLargeWorkers = 200;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "glue.job-created",
        Title = "Glue job, session or development endpoint created",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.ServerlessExecution, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Glue, "CreateJob", "CreateSession", "CreateDevEndpoint")],
        Why = "Glue runs a script with the role given to it, on hundreds of workers; a development endpoint also opens SSH to that role. "
            + "AWS's quarantine policy forbids both to exposed keys.",
        BenignCauses = ["Infrastructure as code for data pipelines", "A data engineer's notebook or trial", "Large nightly loads"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var request = record.Request;
        var workers = Workers(request);
        var weight = Math.Max(
            record.EventName == "CreateDevEndpoint" ? EndpointWeight : OrdinaryWeight,
            workers >= VeryLargeWorkers ? VeryLargeWeight : workers >= LargeWorkers ? LargeWeight : 0);
        var (name, kind) = record.EventName switch
        {
            "CreateDevEndpoint" => (request.Any("endpointName").Text, "Glue development endpoint"),
            "CreateSession" => (request.Any("id").Text, "Glue session"),
            _ => (request.Any("name").Text, "Glue job"),
        };
        var what = (name is null ? $"a {kind}" : $"the {kind} {Plain.Name(name)}")
            + (workers is null ? "" : string.Create(CultureInfo.InvariantCulture, $" of {workers} workers"));
        return Attempt.Third(weight).Finding(record, "created", "create", what)
            ?.With("name", name)
            .With("role", request.Any("role").Text ?? request.Any("roleArn").Text)
            .With("workerType", request.Any("workerType").Text);
    }

    // Older calls count data processing units, which are a worker each of the usual type, and may be fractions.
    private static decimal? Workers(Field request)
    {
        foreach (var name in new[] { "numberOfWorkers", "maxCapacity", "allocatedCapacity", "numberOfNodes" })
        {
            var field = request.Any(name);
            var text = field.Text ?? (field.IsPresent ? field.ToString() : "");
            if (text.Length <= 16 && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return number;
        }

        return null;
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a job", EventSources.Glue, "CreateJob",
            """{"name":"load","role":"arn:aws:iam::111122223333:role/glue","command":{"name":"glueetl"},"workerType":"G.1X","numberOfWorkers":10}"""),
        DetectionExample.Match("a job of three hundred workers", EventSources.Glue, "CreateJob",
            """{"name":"w","role":"glue","command":{"name":"pythonshell"},"workerType":"G.8X","numberOfWorkers":300}"""),
        DetectionExample.Match("a job measured in units", EventSources.Glue, "CreateJob", """{"name":"w","role":"glue","maxCapacity":99.5}"""),
        DetectionExample.Match("a session", EventSources.Glue, "CreateSession", """{"id":"s-1","role":"arn:aws:iam::111122223333:role/glue","numberOfWorkers":5}"""),
        DetectionExample.Match("a development endpoint", EventSources.Glue, "CreateDevEndpoint",
            """{"endpointName":"w","roleArn":"arn:aws:iam::111122223333:role/admin","publicKey":"ssh-rsa AAAA","numberOfNodes":5}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Glue, "CreateDevEndpoint", errorCode: "AccessDenied"),
        DetectionExample.Ignore("an ordinary job that exists already", EventSources.Glue, "CreateJob", """{"name":"load","role":"glue"}""", "AlreadyExistsException"),
    ];
}
