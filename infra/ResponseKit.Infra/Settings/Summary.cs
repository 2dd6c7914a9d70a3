using System.Text.Json.Nodes;
using ResponseKit.Policy;

namespace ResponseKit.Infra.Settings;

/// <summary>What is about to be deployed, in words.</summary>
internal static class Summary
{
    /// <summary>The lines.</summary>
    public static IEnumerable<string> Of(DeploymentSettings settings)
    {
        var mode = Package.NameOf(settings.Mode);
        yield return $"ResponseKit: scope {settings.Scope.ToString().ToLowerInvariant()}, mode {mode} ({Meaning(settings.Mode)}), policy {settings.PolicyPath}.";
        if (JsonNode.Parse(settings.Policy)?["mode"]?.GetValue<string>() is { } written && written != mode)
            yield return $"The policy file says mode {written}. What counts in a deployment is -c mode={mode}.";
        if (settings.Organization is { } organization)
        {
            yield return $"Organization {organization.Id}: hub in {organization.Hub}, members in {string.Join(", ", organization.Units)}, management account {organization.Management}.";
            if (organization.BreakGlass.IsEmpty)
                yield return "Nobody but the management account can do what the service control policies deny: -c breakglass=ROLE_ARN names who else can.";
        }

        yield return $"Home region {settings.HomeRegion}; events of {string.Join(", ", settings.Regions)}. Calls in other regions are not seen: -c regions=all or a list.";
        yield return settings.Reads
            ? "Calls that only read are delivered too: about 6 USD for each million that a rule matches. See docs/deploy.md."
            : "Calls that only read are not delivered, but for sessions that are opened (-c reads=on; about 6 USD for each million that a rule matches: docs/deploy.md), so detections of reconnaissance see nothing of them.";
        yield return settings.Notify is { } address
            ? $"Incidents and alarms are mailed to {address}, once the first mail is confirmed."
            : "Nobody is told of incidents and alarms: give -c notify=ADDRESS, or subscribe to the topic.";
        if (settings.Alarms is { } alarms)
            yield return $"Alarms, and what the first topic does not take, are also mailed to {alarms} by a topic that shares neither key nor policy with it.";
        if (settings is { Mode: ResponseMode.Enforce, Scope: DeploymentScope.Account })
            yield return "In a single account an administrator can pose as the role that deploys, and then change ResponseKit without being contained for it. Only an organization's policies keep that off.";
        if (!settings.ProtectsStacks)
            yield return "The stacks are not protected against being deleted. Do this only to remove ResponseKit.";
    }

    private static string Meaning(ResponseMode mode) => mode switch
    {
        ResponseMode.Enforce => "acts at once",
        ResponseMode.Approve => "every change waits for a person",
        _ => "plans and reports, changes nothing",
    };
}
