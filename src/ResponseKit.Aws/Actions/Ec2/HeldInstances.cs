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
        List<string> open = [.. all.Where(id => !held.ContainsKey(id)).Order(StringComparer.Ordinal)];
        if (await Instances.ReadAsync(run, open, cancellationToken) is not { } instances)
        {
            foreach (var id in open)
                held[id] = $"whether it has the tag {tag} could not be read";
            return held;
        }

        var tagged = open.Where(id => instances.GetValueOrDefault(id) is { } instance && Instances.TagOf(instance, tag) is not null && !Instances.IsEnding(instance)).ToList();
        foreach (var id in tagged.Skip(MostLookedUp))
            held[id] = $"it has the tag {tag} as more than {MostLookedUp} others have, and who set it was not looked up yet";
        foreach (var id in tagged.Take(MostLookedUp))
        {
            if (ReasonToKeep(await SetterAsync(run, id, tag, cancellationToken), tag) is { } reason)
                held[id] = reason;
        }

        return held;
    }

    // A record comes minutes after the call: where none tells who set the tag, it may well have been a responder, a moment ago.
    private static string? ReasonToKeep(Setter? setter, string tag) => setter switch
    {
        Setter.Responder => $"a responder set the tag {tag}",
        Setter.SomebodyElse => null,
        Setter.Nobody => $"it has the tag {tag}, and CloudTrail's event history does not tell yet who set it",
        _ => $"it has the tag {tag}, and CloudTrail's event history, which tells who set it, could not be read",
    };

    // Whoever takes the tag off ends the hold, and then it is not there.
    private static async Task<Setter?> SetterAsync(ActionRun run, string id, string tag, CancellationToken cancellationToken)
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
                var setters = new List<Setter>();
                await foreach (var one in run.Aws.CloudTrail(run.Region).Paginators.LookupEvents(request).Events.WithCancellation(token))
                {
                    if (one.CloudTrailEvent is { } text && SetterIn(text, id, tag, run.Guards) is { } setter)
                        setters.Add(setter);
                }

                return setters;
            },
            cancellationToken);
        return found?.DefaultIfEmpty(Setter.Nobody).Max();
    }

    private static Setter? SetterIn(string text, string id, string tag, GuardSettings guards)
    {
        if (RecordParser.Parse(System.Text.Encoding.UTF8.GetBytes(text)) is not ParseResult.Parsed({ EventSource: "ec2.amazonaws.com" } record) || !record.Outcome.TookEffect)
            return null;
        var request = record.Request;
        var sets = record.EventName switch
        {
            "CreateTags" => request["resourcesSet"]["items"].Items.Any(item => item["resourceId"].Text == id) && Names(request["tagSet"]["items"], tag),
            "RunInstances" => request["tagSpecificationSet"]["items"].Items.Any(item => item["resourceType"].Text == "instance" && Names(item["tags"], tag)),
            _ => false,
        };
        return !sets ? null : guards.IsResponder(record) ? Setter.Responder : Setter.SomebodyElse;
    }

    private static bool Names(Field tags, string tag) => tags.Items.Any(item => item["key"].Text == tag);

    // One responder is enough, whoever else set it, too.
    private enum Setter
    {
        Nobody,
        SomebodyElse,
        Responder,
    }
}
