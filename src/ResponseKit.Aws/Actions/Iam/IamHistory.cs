using System.Text;
using Amazon.CloudTrail;
using Amazon.CloudTrail.Model;
using ResponseKit.Actors;
using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;
using ResponseKit.Records;
using ResponseKit.Response;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>
/// What CloudTrail's event history has of IAM: what a setting was before a call set it, IAM does not tell. The history keeps management events for 90 days,
/// whether or not there is a trail, and nobody can write into it; an event may take some minutes to appear. IAM's are in the region in which IAM is called.
/// Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html
/// </summary>
/// <param name="run">The run.</param>
internal sealed class IamHistory(ActionRun run)
{
    // LookupEvents answers twice a second with at most 50. Who calls something so often that this is not enough has it told to a person.
    private const int MostEvents = 1000;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>The permission that it needs. The call has no resource types (Service Authorization Reference, AWS CloudTrail).</summary>
    public static Permission Permission { get; } = new("cloudtrail:LookupEvents");

    /// <summary>Calls that succeeded, the newest first; null when they could not all be read, which is recorded.</summary>
    /// <param name="call">The operation: "UpdateAccessKey".</param>
    /// <param name="isMeant">Which of its records.</param>
    /// <param name="since">The first that matters; the last 90 days where it is null.</param>
    /// <param name="isEnough">Whether with this one of them no older one matters.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<CloudTrailRecord>?> OfAsync(
        string call, Func<CloudTrailRecord, bool> isMeant, DateTimeOffset? since, Func<CloudTrailRecord, bool> isEnough, CancellationToken cancellationToken)
    {
        var request = new LookupEventsRequest
        {
            LookupAttributes = [new LookupAttribute { AttributeKey = LookupAttributeKey.EventName, AttributeValue = call }],
            StartTime = (since ?? run.Now - Kept).UtcDateTime,
            EndTime = run.Now.UtcDateTime,
        };
        var found = await run.ReadAsync(
            "cloudtrail:LookupEvents", $"earlier {call} calls", new Found([], IsWhole: true), async token => await FindAsync(request, isMeant, isEnough, token), cancellationToken);
        return found is { IsWhole: true } ? found.Records : null;
    }

    /// <summary>The names that a user had after this one, the latest last; empty where there is no record of a renaming.</summary>
    public async Task<IReadOnlyList<string>> NamesAfterAsync(string user, CancellationToken cancellationToken)
    {
        var renamed = await OfAsync("UpdateUser", record => record.Request["newUserName"].IsPresent, since: null, _ => false, cancellationToken);
        var names = new List<string>();
        var (name, after) = (user, DateTimeOffset.MinValue);
        foreach (var record in (renamed ?? []).OrderBy(record => record.Time))
        {
            if (record.Request["userName"].Text == name && record.Request["newUserName"].Text is { } next && record.Time >= after)
            {
                names.Add(next);
                (name, after) = (next, record.Time);
            }
        }

        return names;
    }

    /// <summary>Whether one of the principals of the incident made a call.</summary>
    public static bool IsBy(CloudTrailRecord record, Claim claim) =>
        (ActorResource.Of(record.Actor)?.ToArn() ?? record.Actor.Key) is var caller && claim.By.Any(principal => principal == caller || Authorship.IsSamePrincipal(principal, caller));

    private async Task<Found> FindAsync(
        LookupEventsRequest request, Func<CloudTrailRecord, bool> isMeant, Func<CloudTrailRecord, bool> isEnough, CancellationToken cancellationToken)
    {
        var (found, seen) = (new List<CloudTrailRecord>(), 0);
        await foreach (var one in run.Aws.CloudTrail(run.Region).Paginators.LookupEvents(request).Events.WithCancellation(cancellationToken))
        {
            if (++seen > MostEvents)
                return new Found(found, IsWhole: false);
            if (Read(one.CloudTrailEvent) is not { } record || !isMeant(record))
                continue;
            found.Add(record);
            if (isEnough(record))
                break;
        }

        return new Found(found, IsWhole: true);
    }

    private static CloudTrailRecord? Read(string? text) =>
        text is not null && RecordParser.Parse(Encoding.UTF8.GetBytes(text)) is ParseResult.Parsed { Record: var record }
            && record.EventSource == "iam.amazonaws.com" && record.Outcome.TookEffect
            ? record
            : null;

    private sealed record Found(IReadOnlyList<CloudTrailRecord> Records, bool IsWhole);
}
