using System.Text.Json.Nodes;
using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.AutoScaling;

/// <summary>The sizes of a group and the flags beside them that hold members or the group itself.</summary>
internal static class GroupSettings
{
    /// <summary>Key of the step that sets them.</summary>
    public const string Key = "sizes";

    /// <summary>Whether the group is at zero and nothing holds it.</summary>
    public static bool AreZero(AutoScalingGroup group) =>
        group is { MinSize: 0, MaxSize: 0, DesiredCapacity: 0 }
        && group.NewInstancesProtectedFromScaleIn != true && !IsProtected(group) && !Retains(group);

    /// <summary>
    /// Whether DeleteAutoScalingGroup would be refused.
    /// Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/resource-deletion-protection.html
    /// </summary>
    public static bool IsProtected(AutoScalingGroup group) =>
        group.DeletionProtection is { } protection && protection != DeletionProtection.None;

    /// <summary>Sets all sizes to zero and the flags aside, in one call: minimum before maximum, or the other way round, would be refused.</summary>
    public static async Task ZeroAsync(ActionRun run, AutoScalingGroup group, CancellationToken cancellationToken)
    {
        var former = $"{group.MinSize}, {group.MaxSize} and {group.DesiredCapacity}";
        var summary = $"Set minimum, maximum and desired capacity of group {run.Target.Name} to 0, from {former}";
        var step = Groups.Step(run, Key, "UpdateAutoScalingGroup", summary) with { Before = Describe(group) };
        if (AreZero(group))
        {
            run.AlreadyInPlace(step);
            return;
        }

        var request = new UpdateAutoScalingGroupRequest { AutoScalingGroupName = run.Target.Name, MinSize = 0, MaxSize = 0, DesiredCapacity = 0 };
        // Each flag only where it is set: Regions that lack a newer one would refuse the whole call.
        if (group.NewInstancesProtectedFromScaleIn == true)
            request.NewInstancesProtectedFromScaleIn = false;
        if (IsProtected(group))
            request.DeletionProtection = DeletionProtection.None;
        if (Retains(group))
            request.InstanceLifecyclePolicy = OnAbandon(RetentionAction.Terminate);
        await UpdateAsync(run, step, request, cancellationToken);
    }

    /// <summary>All that putting them back needs.</summary>
    public static JsonObject Describe(AutoScalingGroup group) => new()
    {
        ["min"] = group.MinSize,
        ["max"] = group.MaxSize,
        ["desired"] = group.DesiredCapacity,
        ["protectsNewInstances"] = group.NewInstancesProtectedFromScaleIn == true,
        ["deletionProtection"] = group.DeletionProtection?.Value,
        ["onAbandonedTermination"] = group.InstanceLifecyclePolicy?.RetentionTriggers?.TerminateHookAbandon?.Value,
    };

    /// <summary>Puts them back.</summary>
    public static async Task RevertAsync(ActionRun run, AutoScalingGroup group, StepReceipt done, CancellationToken cancellationToken)
    {
        var before = done.Before;
        var sizes = $"{before?["min"]}, {before?["max"]} and {before?["desired"]}";
        var summary = $"Set minimum, maximum and desired capacity of group {run.Target.Name} back to {sizes}";
        var step = done.UndoneBy("autoscaling:UpdateAutoScalingGroup", summary);
        if (JsonNode.DeepEquals(Describe(group), before))
        {
            run.AlreadyInPlace(step);
            return;
        }

        if (!AreZero(group))
        {
            run.Hold(done, $"Group {run.Target.Name} is no longer at zero: somebody has set it to {group.MinSize}, {group.MaxSize} and {group.DesiredCapacity} since. It stays so.");
            return;
        }

        var request = new UpdateAutoScalingGroupRequest
        {
            AutoScalingGroupName = run.Target.Name,
            MinSize = (int?)before?["min"],
            MaxSize = (int?)before?["max"],
            DesiredCapacity = (int?)before?["desired"],
        };
        if ((bool?)before?["protectsNewInstances"] == true)
            request.NewInstancesProtectedFromScaleIn = true;
        if ((string?)before?["deletionProtection"] is { } protection)
            request.DeletionProtection = new DeletionProtection(protection);
        if ((string?)before?["onAbandonedTermination"] is { } retention)
            request.InstanceLifecyclePolicy = OnAbandon(new RetentionAction(retention));
        await UpdateAsync(run, step, request, cancellationToken);
    }

    /// <summary>Updates the group, again and again while it is busy.</summary>
    public static Task UpdateAsync(ActionRun run, Step step, UpdateAutoScalingGroupRequest request, CancellationToken cancellationToken) =>
        Groups.StepAsync(run, step, (client, token) => client.UpdateAutoScalingGroupAsync(request, token), cancellationToken);

    // Members whose termination hook is abandoned stay, outside the desired capacity (Amazon EC2 Auto Scaling API Reference, RetentionTriggers).
    private static bool Retains(AutoScalingGroup group) =>
        group.InstanceLifecyclePolicy?.RetentionTriggers?.TerminateHookAbandon == RetentionAction.Retain;

    private static InstanceLifecyclePolicy OnAbandon(RetentionAction action) =>
        new() { RetentionTriggers = new() { TerminateHookAbandon = action } };
}
