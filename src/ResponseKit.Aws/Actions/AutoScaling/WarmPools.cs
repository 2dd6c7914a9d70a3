using System.Text.Json.Nodes;
using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;

namespace ResponseKit.Aws.Actions.AutoScaling;

/// <summary>
/// A warm pool keeps instances beside the group, running if the attacker says so, and can take members back instead of terminating them.
/// Source: Amazon EC2 Auto Scaling User Guide, "Warm pools for Amazon EC2 Auto Scaling".
/// </summary>
internal static class WarmPools
{
    /// <summary>Key of the step that deletes.</summary>
    public const string Key = "warm-pool";

    /// <summary>Whether the group has a warm pool that is not being deleted.</summary>
    public static bool IsThere(AutoScalingGroup group) =>
        group.WarmPoolConfiguration is { } pool && pool.Status != WarmPoolStatus.PendingDelete;

    /// <summary>Deletes the warm pool with its instances.</summary>
    public static async Task DeleteAsync(ActionRun run, AutoScalingGroup group, CancellationToken cancellationToken)
    {
        if (!IsThere(group))
            return;
        var summary = $"Delete the warm pool of group {run.Target.Name} with its {group.WarmPoolSize} instances";
        var step = Groups.Step(run, Key, "DeleteWarmPool", summary) with { Before = Describe(group.WarmPoolConfiguration) };
        var request = new DeleteWarmPoolRequest { AutoScalingGroupName = run.Target.Name, ForceDelete = true };
        await Groups.StepAsync(run, step, (client, token) => client.DeleteWarmPoolAsync(request, token), cancellationToken);
    }

    /// <summary>All of a warm pool that putting it back needs.</summary>
    public static JsonObject Describe(WarmPoolConfiguration pool) => new()
    {
        ["min"] = pool.MinSize,
        ["prepared"] = pool.MaxGroupPreparedCapacity,
        ["state"] = pool.PoolState?.Value,
        ["reuse"] = pool.InstanceReusePolicy?.ReuseOnScaleIn,
    };

    /// <summary>Puts the warm pool back; it fills with new instances.</summary>
    public static async Task RevertAsync(ActionRun run, AutoScalingGroup group, StepReceipt done, CancellationToken cancellationToken)
    {
        if (IsThere(group))
        {
            var isSame = JsonNode.DeepEquals(Describe(group.WarmPoolConfiguration), done.Before);
            if (isSame)
                run.AlreadyInPlace(done.UndoneBy("autoscaling:PutWarmPool", $"Put the warm pool of group {run.Target.Name} back"));
            else
                run.Hold(done, $"Group {run.Target.Name} has another warm pool by now, which stays. The former one stands in the receipt under before.");
            return;
        }

        var request = new PutWarmPoolRequest
        {
            AutoScalingGroupName = run.Target.Name,
            MinSize = (int?)done.Before?["min"],
            MaxGroupPreparedCapacity = (int?)done.Before?["prepared"],
            PoolState = (string?)done.Before?["state"] is { } state ? new WarmPoolState(state) : null,
            InstanceReusePolicy = (bool?)done.Before?["reuse"] is { } reuse ? new InstanceReusePolicy { ReuseOnScaleIn = reuse } : null,
        };
        var step = done.UndoneBy("autoscaling:PutWarmPool", $"Put the warm pool of group {run.Target.Name} back");
        await Groups.StepAsync(run, step, (client, token) => client.PutWarmPoolAsync(request, token), cancellationToken);
    }
}
