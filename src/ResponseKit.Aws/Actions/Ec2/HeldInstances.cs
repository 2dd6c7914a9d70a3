using Amazon.CloudTrail;
using Amazon.CloudTrail.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Aws.Actions.Ec2;

/// <summary>
/// Instances that are kept as evidence: the policy file names them or their account, or a responder tagged them. A tag is anybody's to set, so CloudTrail's event
/// history has to show that a role of the policy's responders did.
/// Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html
/// </summary>
internal static class HeldInstances
{
    // LookupEvents takes two calls a second in an account and region: an actor who tags everything must not slow the response down for long.
    private const int MostLookedUp = 50;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>Why each is held, by id; those that are not held are not in it.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> FindAsync(ActionRun run, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var all = ids.Distinct(StringComparer.Ordinal).ToList();
        var held = all.Where(id => run.Guards.ForensicHolds.Contains(id) || run.Guards.ForensicHolds.Contains(run.Request.Account))
            .ToDictionary(id => id, _ => "guards.forensicHolds in the policy file names it", StringComparer.Ordinal);
        if (run.Guards.ForensicHoldTag is not { } tag || all.Count == held.Count)
            return held;
        if (await Instances.ReadAsync(run, [.. all.Where(id => !held.ContainsKey(id))], cancellationToken) is not { } instances)
            return held;
        var tagged = instances.Values.Where(instance => Instances.TagOf(instance, tag) is not null && !Instances.IsEnding(instance)).Select(instance => instance.InstanceId);
        foreach (var id in tagged.Order(StringComparer.Ordinal).Take(MostLookedUp))
        {
            if (await IsSetByResponderAsync(run, id, tag, cancellationToken) is not { } isHeld)
                held[id] = $"it has the tag {tag}, and CloudTrail's event history, which tells who set it, could not be read";
            else if (isHeld)
                held[id] = $"a responder set the tag {tag}";
        }

        return held;
    }

    // The last word counts: whoever takes the tag off ends the hold, and then it is not there.
    private static async Task<bool?> IsSetByResponderAsync(ActionRun run, string id, string tag, CancellationToken cancellationToken)
    {
        var request = new LookupEventsRequest
        {
            LookupAttributes = [new LookupAttribute { AttributeKey = LookupAttributeKey.ResourceName, AttributeValue = id }],
            StartTime = (run.Now - Kept).UtcDateTime,
        };
        var found = await run.ReadAsync(
            "cloudtrail:LookupEvents", $"who tagged instance {id}", [],
            async token =>
            {
                var setters = new List<string>();
                await foreach (var one in run.Aws.CloudTrail(run.Region).Paginators.LookupEvents(request).Events.WithCancellation(token))
                {
                    if (one.CloudTrailEvent is { } text && Sets(text, id, tag, run.Guards))
                        setters.Add(text);
                }

                return setters;
            },
            cancellationToken);
        return found is null ? null : found.Count > 0;
    }

    private static bool Sets(string text, string id, string tag, GuardSettings guards) =>
        RecordParser.Parse(System.Text.Encoding.UTF8.GetBytes(text)) is ParseResult.Parsed({ EventSource: "ec2.amazonaws.com", EventName: "CreateTags" } record)
        && record.Outcome.TookEffect && guards.IsResponder(record)
        && record.Request["resourcesSet"]["items"].Items.Any(item => item["resourceId"].Text == id)
        && record.Request["tagSet"]["items"].Items.Any(item => item["key"].Text == tag);
}
