using System.Text.Json;
using Amazon.CloudTrail;
using Amazon.CloudTrail.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;
using ResponseKit.Records;

namespace ResponseKit.Aws.Actions.Ecs;

/// <summary>
/// Whether a cluster was created before: CreateCluster succeeds where there is one, and nothing else tells when that came to be. CloudTrail keeps the management
/// events of a region for 90 days, whether or not there is a trail. Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html
/// </summary>
internal static class ClusterHistory
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>Looks for a call that created the target before the record did.</summary>
    public static async Task<Origin> OfAsync(ActionRun run, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var request = new LookupEventsRequest
        {
            LookupAttributes = [new LookupAttribute { AttributeKey = LookupAttributeKey.EventName, AttributeValue = "CreateCluster" }],
            StartTime = (since - Kept).UtcDateTime,
            EndTime = (since - Authorship.Skew).UtcDateTime,
        };
        var earlier = await run.ReadAsync(
            "cloudtrail:LookupEvents", $"earlier calls that created cluster {run.Target.Name}", [],
            async token => await FindAsync(run, request, token), cancellationToken);
        return earlier switch
        {
            null => new Origin.Unproven("CloudTrail's event history, which tells whether it was created before, could not be read"),
            [var first, ..] => new Origin.Earlier($"CloudTrail has an earlier call that created it, {first}"),
            _ => new Origin.Theirs("CloudTrail has no earlier call that created it"),
        };
    }

    private static async Task<string[]> FindAsync(ActionRun run, LookupEventsRequest request, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        await foreach (var one in run.Aws.CloudTrail(run.Region).Paginators.LookupEvents(request).Events.WithCancellation(cancellationToken))
        {
            if (Creates(one.CloudTrailEvent, run.Target.Name) && Time.Of(one.EventTime) is { } at)
                found.Add($"{Authorship.Text(at)} by {one.Username ?? "somebody"}");
        }

        return [.. found];
    }

    // EKS, EMR, Redshift and others have a CreateCluster of their own.
    private static bool Creates(string? text, string name)
    {
        if (text is null)
            return false;
        try
        {
            using var record = JsonDocument.Parse(text);
            var fields = new Field(record.RootElement);
            return fields["eventSource"].Text == "ecs.amazonaws.com" && !fields["errorCode"].IsPresent
                && (fields["requestParameters"]["clusterName"].Text ?? "default") == name;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
