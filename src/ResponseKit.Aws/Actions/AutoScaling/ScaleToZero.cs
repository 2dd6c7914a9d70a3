using Amazon.AutoScaling.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.AutoScaling;

/// <summary>
/// Scales a group to zero and keeps it there. Auto Scaling launches under its service-linked role, so that containing the attacker does not
/// stop it; and scaling in ignores EC2 termination protection, so that one call does what thousands of instances would need each.
/// </summary>
public sealed class ScaleToZero : IResponseAction
{
    /// <inheritdoc/>
    public ActionDescriptor Descriptor { get; } = new()
    {
        Id = "autoscaling.scale-to-zero",
        Title = "Scale an Auto Scaling group to zero",
        Summary = "Suspends whatever launches instances, detaches members that the group did not launch or that are held as evidence and leaves them running, sets minimum, maximum and desired capacity to 0 and waits for the members to go. "
            + "Takes away what would hold them: scale-in protection, lifecycle hooks, a suspended Terminate process, the warm pool, scheduled actions, "
            + "a running instance refresh, deletion protection.",
        Target = ResourceKind.AutoScalingGroup,
        Stage = ResponseStage.StopSpend,
        // Not for groups that were there before: those are restored to their former sizes, not emptied.
        Triggers = [ActionTrigger.Created(ResourceKind.AutoScalingGroup)],
        BlastRadius = "Every member that the group launched, and its warm pool, is terminated, without the work that lifecycle hooks would do. "
            + "Reverting launches new members; what the old ones held locally is lost.",
        Reversibility = new Reversibility.Reversible(),
        EndsTarget = true,
        Options = [AuthorshipOptions.Since, AuthorshipOptions.Vouched],
        Permissions = new(
            Plan: [.. Reads],
            Apply:
            [
                .. Reads, .. Writes("SuspendProcesses", "CancelInstanceRefresh", "DetachInstances", "ResumeProcesses", "DeleteLifecycleHook", "DeleteWarmPool"),
                .. Writes("SetInstanceProtection", "UpdateAutoScalingGroup", "DeleteScheduledAction"),
            ],
            Revert:
            [
                new("autoscaling:DescribeAutoScalingGroups"), new("autoscaling:DescribeLifecycleHooks"), new("autoscaling:DescribeScheduledActions"),
                .. Writes("SuspendProcesses", "ResumeProcesses", "PutLifecycleHook", "PutWarmPool", "UpdateAutoScalingGroup"),
                .. Writes("PutScheduledUpdateGroupAction"),
                new("iam:PassRole", "arn:{partition}:iam::{account}:role/*",
                    "A lifecycle hook that notifies a topic or queue names the role to do it with: putting it back passes that role, of any name.")
                { PassedTo = "autoscaling.amazonaws.com" },
            ]),
    };

    private static IEnumerable<Permission> Reads =>
    [
        new("autoscaling:DescribeAutoScalingGroups"),
        new("autoscaling:DescribeInstanceRefreshes"),
        new("autoscaling:DescribeLifecycleHooks"),
        new("autoscaling:DescribeScalingActivities"),
        new("autoscaling:DescribeScheduledActions"),
        new("autoscaling:DescribeWarmPool"),
        new("cloudtrail:LookupEvents"),
        new("ec2:DescribeInstances"),
    ];

    /// <inheritdoc/>
    public async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (Claim.Of(run) is not { } claim || await Groups.FindAsync(run, cancellationToken) is not { } found)
            return;
        Strangers.Recall(run);
        if (found is not [var group])
        {
            run.NotFound(Zero(run), Groups.NotThere(run));
            return;
        }

        if (!Strangers.IsTheirs(run, group, claim, Zero(run), Descriptor.Id))
            return;
        // First what stops the spend at once and can hardly be refused: from here on nothing is launched, whatever becomes of the rest.
        await GroupProcesses.SuspendAsync(run, group, cancellationToken);
        // Then who is in it: nothing below may end what the group did not launch. What holds members is only taken away once that is known.
        if (!await Strangers.RemoveAsync(run, claim, Descriptor.Id, cancellationToken))
            return;
        // A suspended refresh is only paused, and would go on once the processes are resumed.
        await InstanceRefreshes.CancelAsync(run, cancellationToken);
        // Then what would hold members, so that the update finds them free: without Terminate none leaves, a hook keeps them for two days,
        // a warm pool takes them back, protected ones are passed by.
        await GroupProcesses.ResumeTerminateAsync(run, group, cancellationToken);
        await LifecycleHooks.DeleteAsync(run, cancellationToken);
        await WarmPools.DeleteAsync(run, group, cancellationToken);
        await Members.UnprotectAsync(run, group, cancellationToken);
        await GroupSettings.ZeroAsync(run, group, cancellationToken);
        // Suspended already; deleted, so that resuming processes does not raise the group again.
        await ScheduledActions.DeleteAsync(run, cancellationToken);
        Members.SkipStandby(run, group);
        await Members.WaitUntilGoneAsync(run, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task VerifyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (await Groups.FindAsync(run, cancellationToken) is not [var group])
            return;
        if (group.MaxSize != 0 || group.DesiredCapacity != 0)
            Broken(run, GroupSettings.Key, "UpdateAutoScalingGroup", "NotAtZero", $"it wants {group.DesiredCapacity} and may have {group.MaxSize}");
        if (GroupProcesses.Running(group) is { Count: > 0 } running)
            Broken(run, GroupProcesses.SuspendKey, "SuspendProcesses", "ProcessesRun", $"{string.Join(", ", running)} may run");
        if (WarmPools.IsThere(group))
            Broken(run, WarmPools.Key, "DeleteWarmPool", "WarmPoolThere", $"it has a warm pool of {group.WarmPoolSize ?? 0}");
        if (group.Instances is { Count: > 0 } left)
            Members.Left(run, left);
    }

    /// <inheritdoc/>
    public async Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        if (await Groups.FindAsync(run, cancellationToken) is not { } found)
            return;
        // Newest first, so that launching is allowed last, when everything else is as it was.
        foreach (var step in receipt.Changes())
        {
            if (found is not [var group])
                run.LeaveAsIs(step, $"Group {run.Target.Name} is gone. Its settings are in this receipt and in that of autoscaling.delete-group.");
            else
                await RevertAsync(run, group, step, cancellationToken);
        }
    }

    private static Task RevertAsync(ActionRun run, AutoScalingGroup group, StepReceipt step, CancellationToken cancellationToken)
    {
        switch (step.Key)
        {
            case GroupProcesses.SuspendKey:
                return GroupProcesses.RevertSuspendAsync(run, group, step, cancellationToken);
            case GroupProcesses.TerminateKey:
                return GroupProcesses.RevertTerminateAsync(run, group, step, cancellationToken);
            case WarmPools.Key:
                return WarmPools.RevertAsync(run, group, step, cancellationToken);
            case GroupSettings.Key:
                return GroupSettings.RevertAsync(run, group, step, cancellationToken);
            case var key when key.StartsWith(LifecycleHooks.Prefix, StringComparison.Ordinal):
                return LifecycleHooks.RevertAsync(run, step, cancellationToken);
            case var key when key.StartsWith(ScheduledActions.Prefix, StringComparison.Ordinal):
                return ScheduledActions.RevertAsync(run, step, cancellationToken);
            case var key when key.StartsWith(Strangers.Prefix, StringComparison.Ordinal):
                run.LeaveAsIs(step, "The instance was attached, or is held as evidence. It runs on outside the group, where its owner can put it back.");
                return Task.CompletedTask;
            case var key when key.StartsWith(Members.ProtectionPrefix, StringComparison.Ordinal):
                Members.RevertProtection(run, group, step);
                return Task.CompletedTask;
            default:
                run.LeaveAsIs(step, "An instance refresh that was cancelled cannot be taken up again. Start a new one if it was wanted.");
                return Task.CompletedTask;
        }
    }

    private static Step Zero(ActionRun run) =>
        Groups.Step(run, GroupSettings.Key, "UpdateAutoScalingGroup", $"Set the sizes of group {run.Target.Name} to 0");

    private static IEnumerable<Permission> Writes(params IEnumerable<string> operations) =>
        operations.Select(operation => new Permission("autoscaling:" + operation, Groups.AnyGroup));

    private static void Broken(ActionRun run, string key, string operation, string code, string message) =>
        run.Broken(Groups.Step(run, key, operation, $"Keep group {run.Target.Name} at zero"), code, message);
}
