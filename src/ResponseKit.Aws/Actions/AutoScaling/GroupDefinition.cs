using System.Text.Json.Nodes;
using Amazon.AutoScaling.Model;

namespace ResponseKit.Aws.Actions.AutoScaling;

/// <summary>What is kept of a group that is deleted: enough to see what it was for, and to make it anew by hand.</summary>
internal static class GroupDefinition
{
    // Members are named so that they can be found in other evidence; a group of a thousand need not fill the receipt.
    private const int MostMembers = 200;

    /// <summary>The definition.</summary>
    public static JsonObject Describe(
        AutoScalingGroup group, IEnumerable<LifecycleHook> hooks, IEnumerable<ScheduledUpdateGroupAction> scheduled) => new()
        {
            ["arn"] = group.AutoScalingGroupARN,
            ["created"] = group.CreatedTime,
            ["settings"] = GroupSettings.Describe(group),
            ["launchConfiguration"] = group.LaunchConfigurationName,
            ["launchTemplate"] = Template(group.LaunchTemplate),
            ["mixedInstances"] = Mixed(group.MixedInstancesPolicy),
            ["subnets"] = group.VPCZoneIdentifier,
            ["zones"] = Texts(group.AvailabilityZones),
            ["targetGroups"] = Texts(group.TargetGroupARNs),
            ["loadBalancers"] = Texts(group.LoadBalancerNames),
            ["healthCheck"] = group.HealthCheckType,
            ["serviceLinkedRole"] = group.ServiceLinkedRoleARN,
            ["suspended"] = Texts((group.SuspendedProcesses ?? []).Select(process => process.ProcessName)),
            ["warmPool"] = group.WarmPoolConfiguration is { } pool ? WarmPools.Describe(pool) : null,
            ["hooks"] = new JsonArray([.. hooks.Select(LifecycleHooks.Describe)]),
            ["scheduled"] = new JsonArray([.. scheduled.Select(ScheduledActions.Describe)]),
            ["tags"] = Tags(group.Tags ?? []),
            ["members"] = Texts((group.Instances ?? []).Take(MostMembers).Select(instance => instance.InstanceId)),
            ["memberCount"] = group.Instances?.Count ?? 0,
        };

    private static JsonObject? Template(LaunchTemplateSpecification? template) => template is null ? null : new()
    {
        ["id"] = template.LaunchTemplateId,
        ["name"] = template.LaunchTemplateName,
        ["version"] = template.Version,
    };

    private static JsonObject? Mixed(MixedInstancesPolicy? policy) => policy is null ? null : new()
    {
        ["launchTemplate"] = Template(policy.LaunchTemplate?.LaunchTemplateSpecification),
        ["types"] = Texts((policy.LaunchTemplate?.Overrides ?? []).Select(each => each.InstanceType)),
        ["onDemandBase"] = policy.InstancesDistribution?.OnDemandBaseCapacity,
        ["onDemandPercentage"] = policy.InstancesDistribution?.OnDemandPercentageAboveBaseCapacity,
        ["spotPrice"] = policy.InstancesDistribution?.SpotMaxPrice,
    };

    private static JsonObject Tags(IEnumerable<TagDescription> tags)
    {
        var all = new JsonObject();
        foreach (var tag in tags)
            all[tag.Key] = tag.Value;
        return all;
    }

    private static JsonArray Texts(IEnumerable<string?>? texts) => [.. (texts ?? []).Select(text => (JsonNode?)text)];
}
