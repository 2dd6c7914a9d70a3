using System.Collections.Immutable;
using System.Text.Json;
using ResponseKit.Resources;
using ResponseKit.Text;

namespace ResponseKit.Policy;

/// <summary>One key of the policy file, and how its value changes the policy.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Read">Reads the value; the policy unchanged, and an error noted, when it cannot stand there.</param>
internal sealed record PolicyKey(string Path, Func<PolicyNode, PolicyReader, ResponsePolicy, ResponsePolicy> Read);

/// <summary>Every key of the policy file. The schema and the settings' properties are held to this list by a test.</summary>
internal static class PolicyKeys
{
    private static readonly Charset ActionId = new(Charset.Lower + Charset.Digits + ".-", 128);
    private static readonly Charset Pattern = new(Charset.Visible, 2048);

    public static ImmutableArray<PolicyKey> All { get; } = [.. Mode(), .. Correlation(), .. Brake(), .. Detections(), .. Guards(), .. Windows()];

    public static string Name(SignalCategory category) => JsonNamingPolicy.CamelCase.ConvertName(category.ToString());

    private static IEnumerable<PolicyKey> Mode() =>
    [
        new("mode", (node, reader, policy) =>
        {
            ResponseMode? mode = node.Text switch
            {
                "observe" => ResponseMode.Observe,
                "approve" => ResponseMode.Approve,
                "enforce" => ResponseMode.Enforce,
                _ => null,
            };
            if (mode is null)
                reader.Error(node, "mode", $"It is {PolicyReader.Shown(node)}.", "observe, approve or enforce");
            return policy with { Mode = mode ?? policy.Mode };
        }),
    ];

    private static IEnumerable<PolicyKey> Correlation()
    {
        PolicyKey Setting(string name, int min, int max, Func<CorrelationSettings, int, CorrelationSettings> set) =>
            Number($"correlation.{name}", min, max, (policy, number) => policy with { Correlation = set(policy.Correlation, number) });
        yield return Setting("windowMinutes", 1, 1440, (settings, number) => settings with { WindowMinutes = number });
        yield return Setting("longWindowMinutes", 1, 2880, (settings, number) => settings with { LongWindowMinutes = number });
        yield return Setting("rushMinutes", 1, 1440, (settings, number) => settings with { RushMinutes = number });
        yield return Setting("watchAt", 1, 1000, (settings, number) => settings with { WatchAt = number });
        yield return Setting("containAt", 1, 1000, (settings, number) => settings with { ContainAt = number });
        yield return Setting("watchUsdPerHour", 1, 1_000_000, (settings, number) => settings with { WatchUsdPerHour = number });
        yield return Setting("containUsdPerHour", 1, 1_000_000, (settings, number) => settings with { ContainUsdPerHour = number });
        yield return Setting("brakeUsdPerHour", 1, 1_000_000, (settings, number) => settings with { BrakeUsdPerHour = number });
        foreach (var category in Enum.GetValues<SignalCategory>())
        {
            yield return Setting(
                $"caps.{Name(category)}", 0, 1000, (settings, number) => settings with { Caps = settings.Caps.SetItem(category, number) });
        }
    }

    // No longer than a brake may end ahead.
    private static IEnumerable<PolicyKey> Brake() =>
    [
        Number("brake.minutes", 5, 1440, (policy, number) => policy with { Brake = policy.Brake with { Minutes = number } }),
        Number("brake.longestMinutes", 5, 1440, (policy, number) => policy with { Brake = policy.Brake with { LongestMinutes = number } }),
    ];

    private static IEnumerable<PolicyKey> Detections()
    {
        PolicyKey Setting(string name, Func<DetectionSettings, int, DetectionSettings> set) =>
            Number($"detections.{name}", 1, 1_000_000, (policy, number) => policy with { Detections = set(policy.Detections, number) });
        PolicyKey List(
            string name, Func<string, bool> isRight, string accepts, Func<DetectionSettings, ImmutableArray<string>, DetectionSettings> set) =>
            Texts($"detections.{name}", isRight, accepts, (policy, texts) => policy with { Detections = set(policy.Detections, texts) });
        yield return List("approvedImages", Pattern.Fits, "prefixes of image names", (settings, texts) => settings with { ApprovedImages = texts });
        yield return List(
            "approvedInstanceFamilies", ActionId.Fits, "instance families such as t3",
            (settings, texts) => settings with { ApprovedInstanceFamilies = texts });
        yield return List(
            "approvedRegions", RegionName.IsValid, "regions such as eu-west-1", (settings, texts) => settings with { ApprovedRegions = texts });
        yield return List(
            "knownAccounts", AccountId.IsValid, "account ids, twelve digits in quotes", (settings, texts) => settings with { KnownAccounts = texts });
        yield return Patterns(
            "detections.deployers", PrincipalRule.Exempt,
            (policy, patterns) => policy with { Detections = policy.Detections with { Deployers = patterns } });
        yield return Setting("launchCount", (settings, number) => settings with { LaunchCount = number });
        yield return Setting("launchVcpus", (settings, number) => settings with { LaunchVcpus = number });
        yield return Setting("autoScalingGroupSize", (settings, number) => settings with { AutoScalingGroupSize = number });
        yield return Setting("ecsTaskCount", (settings, number) => settings with { EcsTaskCount = number });
        yield return Setting("ecsTaskCpuUnits", (settings, number) => settings with { EcsTaskCpuUnits = number });
    }

    private static IEnumerable<PolicyKey> Windows() =>
        [new("changeWindows", (node, reader, policy) => policy with { ChangeWindows = new ChangeWindowReader(reader).Read(node) })];

    private static IEnumerable<PolicyKey> Guards()
    {
        PolicyKey List(string name, Func<string, bool> isRight, string accepts, Func<GuardSettings, ImmutableArray<string>, GuardSettings> set) =>
            Texts($"guards.{name}", isRight, accepts, (policy, texts) => policy with { Guards = set(policy.Guards, texts) });
        PolicyKey Limit(string name, Func<GuardSettings, int, GuardSettings> set) =>
            Number($"guards.{name}", 0, 1_000_000, (policy, number) => policy with { Guards = set(policy.Guards, number) });
        PolicyKey Of(string name, PrincipalRule rule, Func<GuardSettings, ImmutableArray<ArnPattern>, GuardSettings> set) =>
            Patterns($"guards.{name}", rule, (policy, patterns) => policy with { Guards = set(policy.Guards, patterns) });
        yield return Of("protectedPrincipals", PrincipalRule.Guarded, (guards, patterns) => guards with { ProtectedPrincipals = patterns });
        yield return Of("responders", PrincipalRule.Responders, (guards, patterns) => guards with { Responders = patterns });
        yield return Of("deployers", PrincipalRule.Responders, (guards, patterns) => guards with { Deployers = patterns });
        yield return Of("responsekitRoles", PrincipalRule.OwnRoles, (guards, patterns) => guards with { ResponsekitRoles = patterns });
        yield return List(
            "exemptAccounts", AccountId.IsValid, "account ids, twelve digits in quotes", (guards, texts) => guards with { ExemptAccounts = texts });
        yield return List(
            "forensicHolds", text => AccountId.IsValid(text) || ResourceRef.IsInstanceId(text), "ids of instances (i-…) and account ids, twelve digits in quotes",
            (guards, texts) => guards with { ForensicHolds = texts });
        yield return new("guards.forensicHoldTag", (node, reader, policy) =>
        {
            if (node.Text is { } tag && IsTagKey(tag))
                return policy with { Guards = policy.Guards with { ForensicHoldTag = tag } };
            if (node.Kind != JsonValueKind.Null)
                reader.Error(node, "guards.forensicHoldTag", $"It is {PolicyReader.Shown(node)}.", "the key of a tag, at most 128 characters and not beginning with aws:, or null");
            return policy;
        });
        yield return List(
            "approvalFor", ActionId.Fits, "ids of actions, such as ec2.terminate-instances", (guards, texts) => guards with { ApprovalFor = texts });
        yield return Of("approvers", PrincipalRule.Approvers, (guards, patterns) => guards with { Approvers = patterns });
        yield return new("guards.unprovenApprovals", (node, reader, policy) =>
        {
            if (node.Kind is not (JsonValueKind.True or JsonValueKind.False))
                reader.Error(node, "guards.unprovenApprovals", $"It is {PolicyReader.Shown(node)}.", "true or false");
            return policy with { Guards = policy.Guards with { UnprovenApprovals = node.Kind == JsonValueKind.True } };
        });
        yield return Number(
            "guards.approvalHours", 1, 168, (policy, number) => policy with { Guards = policy.Guards with { ApprovalHours = number } });
        yield return Limit("maxInstancesPerIncident", (guards, number) => guards with { MaxInstancesPerIncident = number });
        yield return Limit("maxResourcesPerIncident", (guards, number) => guards with { MaxResourcesPerIncident = number });
        yield return Limit("maxAlteredPerIncident", (guards, number) => guards with { MaxAlteredPerIncident = number });
    }

    // Amazon EC2 User Guide, "Tag restrictions": AWS sets what begins so.
    private static bool IsTagKey(string text) =>
        text.Length is > 0 and <= 128 && Printable.Of(text, 128) == text && !text.StartsWith("aws:", StringComparison.OrdinalIgnoreCase);

    private static PolicyKey Number(string path, int min, int max, Func<ResponsePolicy, int, ResponsePolicy> set) => new(path, (node, reader, policy) =>
    {
        if (node.Number is { } number && number >= min && number <= max)
            return set(policy, number);
        reader.Error(node, path, $"It is {PolicyReader.Shown(node)}.", $"a whole number from {min} to {max}");
        return policy;
    });

    private static PolicyKey Patterns(string path, PrincipalRule rule, Func<ResponsePolicy, ImmutableArray<ArnPattern>, ResponsePolicy> set) =>
        new(path, (node, reader, policy) => set(policy, reader.Patterns(node, path, rule)));

    private static PolicyKey Texts(
        string path, Func<string, bool> isRight, string accepts, Func<ResponsePolicy, ImmutableArray<string>, ResponsePolicy> set) =>
        new(path, (node, reader, policy) =>
        {
            if (node.Kind != JsonValueKind.Array)
                reader.Error(node, path, $"It is {PolicyReader.Shown(node)}, not a list.", $"a list of {accepts}");
            foreach (var (at, item) in node.Items.Index())
            {
                if (item.Text is null || !isRight(item.Text))
                    reader.Error(item, $"{path}[{at}]", $"It is {PolicyReader.Shown(item)}.", accepts);
            }

            return set(policy, [.. node.Items.Select(item => item.Text ?? "").Distinct(StringComparer.Ordinal)]);
        });
}
