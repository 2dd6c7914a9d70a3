using System.Collections.Immutable;
using ResponseKit.Aws.Accounts;
using ResponseKit.Correlation;
using ResponseKit.Deployment;
using ResponseKit.Heartbeats;
using ResponseKit.Infra.Events;
using ResponseKit.Infra.Settings;

namespace ResponseKit.Infra.Member;

/// <summary>A rule of a region, before it is one in a template.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Pattern">Its pattern as JSON; tokens of CDK may stand in it.</param>
/// <param name="HearsReads">Whether it also gets calls that only read.</param>
internal sealed record MemberRule(string Name, string Description, string Pattern, bool HearsReads = false)
{
    /// <summary>Its state.</summary>
    public string State => HearsReads ? RuleWithLosses.WithReads : "ENABLED";
}

/// <summary>
/// The rules that every region of every account has. Templates are made of them, and so is what the sweep compares with what is there: nothing of it is
/// written twice.
/// </summary>
internal static class MemberRules
{
    /// <summary>The rules of which no two places have different ones.</summary>
    public static IEnumerable<MemberRule> Everywhere(bool reads)
    {
        foreach (var rule in Patterns.Rules(Observer.Selectors).Where(rule => reads || !rule.IsOptional))
            yield return new(rule.Name, $"Sends to ResponseKit: {Shortened(string.Join(", ", rule.Listens))}", Patterns.Named(rule.Pattern), rule.NeedsReads);
        yield return new(
            $"{DeployedNames.Prefix}-alarms", "Reports this region's alarms to the hub.",
            AlarmPattern.Json([.. OwnNames.AlarmsOfMembers.Select(name => $"{DeployedNames.Prefix}-{name}")]));
        yield return new(
            DeployedNames.HeartbeatRule, "Sends heartbeats of ResponseKit's own back to it.",
            $$$"""
            {"source":[{"prefix":"aws."}],"detail-type":["AWS API Call via CloudTrail"],"detail":{"eventSource":["ec2.amazonaws.com"],"eventName":["{{{Heartbeat.Operation}}}"],
            "userIdentity":{"sessionContext":{"sessionIssuer":{"arn":["{{{new ResponderRole().ArnIn(Here.Partition, Here.Account)}}}"] } } } } }
            """);
    }

    /// <summary>The rules that report changes of ResponseKit itself.</summary>
    public static IEnumerable<MemberRule> Changes(Deployers deployers) => ChangePatterns.For(deployers).Select(rule => new MemberRule(
        $"{DeployedNames.Prefix}-changes-{rule.Service}", $"Reports that somebody changes ResponseKit itself ({rule.Service}).", rule.Pattern));

    /// <summary>All of them, as the sweep is told.</summary>
    public static ImmutableArray<RuleSet> Told(DeploymentSettings settings)
    {
        var everywhere = new RuleSet(null, null, null, Told(Everywhere(settings.Reads)));
        if (settings.Organization is not { } organization)
            return [everywhere, .. settings.Regions.Select(region => new RuleSet(null, null, region, Told(Changes(Of(settings, region)))))];
        return
        [
            everywhere, new RuleSet(null, organization.Management, null, Told(Changes(Deployers.OfMember()))),
            .. settings.Regions.Select(region => new RuleSet(organization.Management, null, region, Told(Changes(Of(settings, region))))),
        ];
    }

    // As the stacks have them: the home region's names itself only.
    private static Deployers Of(DeploymentSettings settings, string region) => region == settings.HomeRegion ? Deployers.Of(settings) : Deployers.Of(settings, region);

    private static ImmutableArray<DeployedRule> Told(IEnumerable<MemberRule> rules) =>
    [
        .. rules.Select(rule => new DeployedRule(rule.Name, rule.State, rule.Pattern
            .Replace(Here.Partition, "{partition}", StringComparison.Ordinal).Replace(Here.Account, "{account}", StringComparison.Ordinal)
            .Replace(Here.Region, "{region}", StringComparison.Ordinal))),
    ];

    // EventBridge API Reference, "PutRule": a description has at most 512 characters.
    private static string Shortened(string text) => text.Length <= 400 ? text : text[..400] + "…";
}
