using System.Collections.Immutable;
using Amazon.EventBridge;
using ResponseKit.Deployment;
using ResponseKit.Heartbeats;

namespace ResponseKit.Aws.Heartbeats;

/// <summary>Where the rules of the hub lead.</summary>
/// <param name="Bus">The ARN of the hub's bus, by which its partition, region and account are known.</param>
/// <param name="Topic">The ARN of the topic of incidents.</param>
/// <param name="AlarmTopic">The ARN of the topic of alarms.</param>
/// <param name="Key">The ARN of the hub's key.</param>
public sealed record HubPlaces(string Bus, string Topic, string AlarmTopic, string Key);

/// <summary>
/// Compares the hub's own rules with those that were deployed. Heartbeats come through one of them; the others hand changes of ResponseKit and alarms to people, and
/// nobody would miss what they no longer hand over.
/// </summary>
/// <param name="events">EventBridge in the hub, for the function itself.</param>
/// <param name="places">Where the rules lead.</param>
public sealed class HubVisit(IAmazonEventBridge events, HubPlaces places)
{
    /// <summary>What differs, or went wrong, in words; null when nothing is.</summary>
    public async Task<string?> CompareAsync(ImmutableArray<HubRule> deployed, CancellationToken cancellationToken)
    {
        try
        {
            var troubles = new List<string>();
            foreach (var onBus in deployed.GroupBy(rule => rule.IsOnOwnBus))
            {
                var found = await FoundRules.ListAsync(events, onBus.Key ? DeployedNames.Bus : null, [.. onBus.Select(rule => rule.Name)], cancellationToken);
                if (RuleCheck.Differences(onBus.Select(rule => (Here(rule), TargetsOf(rule))), found) is { } differences)
                    troubles.Add(differences);
            }

            return troubles.Count == 0 ? null : string.Join("; ", troubles);
        }
        catch (Exception error) when (RegionVisit.IsFailure(error, cancellationToken))
        {
            return $"the rules could not be looked at: {RegionVisit.Reason(error)}";
        }
    }

    private DeployedRule Here(HubRule rule)
    {
        var bus = places.Bus.Split(':');
        return new(rule.Name, rule.State, rule.Pattern
            .Replace("{partition}", bus[1], StringComparison.Ordinal).Replace("{region}", bus[3], StringComparison.Ordinal)
            .Replace("{account}", bus[4], StringComparison.Ordinal).Replace("{key}", places.Key, StringComparison.Ordinal));
    }

    private ImmutableArray<(string, string?)> TargetsOf(HubRule rule) =>
    [
        .. rule.Targets.Select(target => (target switch
        {
            HubRule.People => places.Topic,
            HubRule.PeopleToo => places.AlarmTopic,
            _ => $"{places.Bus[..places.Bus.LastIndexOf(":event-bus/", StringComparison.Ordinal)].Replace(":events:", ":lambda:", StringComparison.Ordinal)}:function:{DeployedNames.Function(target)}",
        }, (string?)null)),
    ];
}
