using System.Text.Json.Nodes;
using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using ResponseKit.Aws.Execution;

namespace ResponseKit.Aws.Actions.AutoScaling;

/// <summary>
/// An instance refresh replaces members on its own account. Suspending it only pauses it.
/// Source: Amazon EC2 Auto Scaling User Guide, "Suspend and resume Amazon EC2 Auto Scaling processes".
/// </summary>
internal static class InstanceRefreshes
{
    /// <summary>Key of the step that cancels.</summary>
    public const string Key = "instance-refresh";

    private static readonly IReadOnlyList<InstanceRefreshStatus> Active =
        [InstanceRefreshStatus.Pending, InstanceRefreshStatus.InProgress, InstanceRefreshStatus.Baking, InstanceRefreshStatus.RollbackInProgress];

    /// <summary>Cancels the refresh under way, if there is one; a group has at most one, and the newest comes first.</summary>
    public static async Task CancelAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var request = new DescribeInstanceRefreshesRequest { AutoScalingGroupName = run.Target.Name };
        var refreshes = await Groups.ReadAsync<InstanceRefresh>(
            run, "DescribeInstanceRefreshes", "instance refreshes",
            async (client, token) => (await client.DescribeInstanceRefreshesAsync(request, token)).InstanceRefreshes ?? [], cancellationToken) ?? [];
        if (refreshes.FirstOrDefault(refresh => Active.Contains(refresh.Status)) is not { } active)
            return;
        var step = Groups.Step(run, Key, "CancelInstanceRefresh", $"Cancel instance refresh {active.InstanceRefreshId} of group {run.Target.Name}") with
        {
            Before = new JsonObject { ["refresh"] = active.InstanceRefreshId, ["status"] = active.Status?.Value },
            MeansInPlace = ["ActiveInstanceRefreshNotFound"],
        };
        var cancel = new CancelInstanceRefreshRequest { AutoScalingGroupName = run.Target.Name };
        await Groups.StepAsync(run, step, (client, token) => client.CancelInstanceRefreshAsync(cancel, token), cancellationToken);
    }
}
