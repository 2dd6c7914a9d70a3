using System.Text.Json.Nodes;
using Amazon.AutoScaling.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;

namespace ResponseKit.Aws.Actions.AutoScaling;

/// <summary>
/// A hook holds a member for up to two days, running. Deleting it lets go at once: waiting launches are abandoned, waiting terminations
/// continue. Source: Amazon EC2 Auto Scaling API Reference, DeleteLifecycleHook.
/// </summary>
internal static class LifecycleHooks
{
    /// <summary>What the keys of the steps begin with.</summary>
    public const string Prefix = "hook/";

    /// <summary>Deletes every hook: one on launch keeps a member out of reach of scale-in as well.</summary>
    public static async Task DeleteAsync(ActionRun run, CancellationToken cancellationToken)
    {
        foreach (var hook in await Groups.HooksAsync(run, cancellationToken))
        {
            var summary = $"Delete lifecycle hook {hook.LifecycleHookName}, which can hold members for {hook.GlobalTimeout} s";
            var step = Groups.Step(run, Prefix + hook.LifecycleHookName, "DeleteLifecycleHook", summary) with { Before = Describe(hook) };
            var request = new DeleteLifecycleHookRequest { AutoScalingGroupName = run.Target.Name, LifecycleHookName = hook.LifecycleHookName };
            await Groups.StepAsync(run, step, (client, token) => client.DeleteLifecycleHookAsync(request, token), cancellationToken);
        }
    }

    /// <summary>All of a hook that putting it back needs.</summary>
    public static JsonObject Describe(LifecycleHook hook) => new()
    {
        ["name"] = hook.LifecycleHookName,
        ["transition"] = hook.LifecycleTransition,
        ["target"] = hook.NotificationTargetARN,
        ["role"] = hook.RoleARN,
        ["metadata"] = hook.NotificationMetadata,
        ["heartbeat"] = hook.HeartbeatTimeout,
        ["result"] = hook.DefaultResult,
    };

    /// <summary>Puts a hook back.</summary>
    public static async Task RevertAsync(ActionRun run, StepReceipt done, CancellationToken cancellationToken)
    {
        var request = new PutLifecycleHookRequest
        {
            AutoScalingGroupName = run.Target.Name,
            LifecycleHookName = (string?)done.Before?["name"],
            LifecycleTransition = (string?)done.Before?["transition"],
            NotificationTargetARN = (string?)done.Before?["target"],
            RoleARN = (string?)done.Before?["role"],
            NotificationMetadata = (string?)done.Before?["metadata"],
            HeartbeatTimeout = (int?)done.Before?["heartbeat"],
            DefaultResult = (string?)done.Before?["result"],
        };
        var step = done.UndoneBy("autoscaling:PutLifecycleHook", $"Put lifecycle hook {request.LifecycleHookName} back");
        if ((await Groups.HooksAsync(run, cancellationToken)).FirstOrDefault(one => one.LifecycleHookName == request.LifecycleHookName) is { } there)
        {
            if (JsonNode.DeepEquals(Describe(there), done.Before))
                run.AlreadyInPlace(step);
            else
                run.Hold(done, $"Group {run.Target.Name} has another lifecycle hook {request.LifecycleHookName} by now, which stays. The former one stands in the receipt under before.");
            return;
        }

        await Groups.StepAsync(run, step, (client, token) => client.PutLifecycleHookAsync(request, token), cancellationToken);
    }
}
