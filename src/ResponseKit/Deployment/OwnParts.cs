using System.Collections.Immutable;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Deployment;

/// <summary>
/// The one list of what a deployment consists of. A resource of a template that belongs to none of these, nor to <see cref="Unprotected"/>, fails the
/// tests.
/// </summary>
public static class OwnParts
{
    private const int MostItems = 100;

    /// <summary>All parts.</summary>
    public static ImmutableArray<OwnPart> All { get; } = [.. OwnWatchers.All, .. OwnFunctions.All, .. OwnStores.All, .. OwnRoots.All];

    /// <summary>The CloudFormation types that are deployed and belong to no part, and why not.</summary>
    public static ImmutableSortedDictionary<string, string> Unprotected { get; } = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create("AWS::CloudWatch::Dashboard", "it only shows what is counted elsewhere, and teams arrange it as they like"),
        KeyValuePair.Create("AWS::EventSchemas::Registry", "it holds test events of the console, of all functions of the account"),
        KeyValuePair.Create("AWS::EventSchemas::Schema", "it holds test events of the console, which are invoked by a person who sees them"),
        KeyValuePair.Create(
            "AWS::Organizations::Policy", "only the management account can change it, which no policy binds; organizations.guardrail-removed reports that"),
    ]);

    /// <summary>The part that a CloudFormation type belongs to; null for one that belongs to none.</summary>
    public static OwnPart? OfType(string type) => All.FirstOrDefault(part => part.Types.Contains(type));

    /// <summary>What a call touches of a deployment; null when it touches nothing of it.</summary>
    /// <param name="record">The call.</param>
    /// <param name="deployment">The deployment; null where nothing is known of it, and names must do.</param>
    public static OwnTouch? Touched(CloudTrailRecord record, OwnDeployment? deployment)
    {
        OwnTouch? likely = null;
        foreach (var part in All)
        {
            if (part.EventSource != record.EventSource || CallOf(part, record.EventName) is not { } call)
                continue;
            foreach (var text in NamesIn(record, part))
            {
                if (Touch(part, call, text, record, deployment) is not { } touch)
                    continue;
                if (touch.IsCertain)
                    return touch;
                likely ??= touch;
            }
        }

        return likely;
    }

    /// <summary>
    /// Whether a resource must never be a target: it is one of ours, or named like one. Better one too many than a response that takes itself apart.
    /// </summary>
    public static bool IsOwn(ResourceRef resource)
    {
        var name = resource.Kind == ResourceKind.EventsRule ? resource.Name[(resource.Name.LastIndexOf('/') + 1)..] : resource.Name;
        return All.Any(part => part.Prefixes.Contains(resource.Kind.Prefix) && part.Service == resource.Kind.Service) && OwnNames.IsLikeOurs(name);
    }

    private static OwnCall? CallOf(OwnPart part, string operation)
    {
        foreach (var call in part.Calls)
        {
            if (OperationNames.Is(operation, call.Operation))
                return call;
        }

        return null;
    }

    // Keys are named in whatever way the caller likes; which key it was, CloudTrail writes beside the request.
    private static IEnumerable<string> NamesIn(CloudTrailRecord record, OwnPart part)
    {
        foreach (var field in part.Fields)
        {
            foreach (var place in new[] { record.Request[field], record.Response[field] })
            {
                if (place.Text is { } text)
                    yield return text;
                foreach (var item in place.Items.Take(MostItems))
                {
                    if (item.Text is { } one)
                        yield return one;
                }
            }
        }

        foreach (var resource in record.Root["resources"].Items.Take(MostItems))
        {
            if ((resource["ARN"].Text ?? resource["arn"].Text) is { } arn)
                yield return arn;
        }
    }

    private static OwnTouch? Touch(OwnPart part, OwnCall call, string text, CloudTrailRecord record, OwnDeployment? deployment)
    {
        if (OwnSpelling.Read(part, text) is not var (name, account, region) || (part.Id == "rules" && !IsOnOurBus(record, name, deployment)))
            return null;
        var isMadeUp = deployment?.MadeUpNames.Contains(name) == true && part.HasMadeUpNames;
        var makesOne = part.MakesOne(record.Request);
        if (!isMadeUp && !makesOne && !OwnNames.IsLikeOurs(name))
            return null;
        if (deployment is null)
            return new(part, call, name, IsCertain: true);
        // An ARN may lead into another account, whose part it is then. What only the hub has is somebody else's elsewhere.
        var isInHub = (account ?? record.Account) == deployment.HubAccount && (part.IsGlobal || (region ?? record.Region) == deployment.HomeRegion);
        if (part.Place == OwnPlace.Hub && !isInHub)
            return null;
        var isKnown = isMadeUp || part.IsKnown(name, deployment, isInHub) || makesOne;
        return isKnown || !part.HasOnlyKnown ? new(part, call, name, isKnown) : null;
    }

    // Members' rules are on the default bus, the hub's on its own. A rule of the same name elsewhere is somebody else's.
    private static bool IsOnOurBus(CloudTrailRecord record, string name, OwnDeployment? deployment)
    {
        var bus = record.Request["eventBusName"].Text is { } text ? text[(text.LastIndexOf('/') + 1)..] : "default";
        return bus switch
        {
            "default" => true,
            DeployedNames.Bus => deployment is null || record.Account == deployment.HubAccount,
            _ => false,
        } && name != DeployedNames.Bus;
    }
}
