using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Aws.Actions.AutoScaling;

/// <summary>
/// Keeps a group from launching, and changes nothing else about it. Auto Scaling launches under its service-linked role, which heeds no deny on whoever made the group: a
/// brake that left groups alone would stop nothing.
/// </summary>
public sealed class SuspendLaunching : IResponseAction
{
    /// <inheritdoc/>
    public ActionDescriptor Descriptor { get; } = new()
    {
        Id = "autoscaling.suspend-launching",
        Title = "Suspend what an Auto Scaling group launches",
        Summary = "Suspends the processes by which the group would launch or replace an instance. Its members run on, and its sizes stay as they are.",
        Target = ResourceKind.AutoScalingGroup,
        Stage = ResponseStage.StopSpend,
        Triggers = [ActionTrigger.Braked(ResourceKind.AutoScalingGroup, LineageRelation.Created)],
        BlastRadius = "Until it is reverted the group launches nothing: it neither grows nor replaces a member that fails. What runs goes on; it gets fewer only when somebody else lowers its size.",
        Reversibility = new Reversibility.Reversible(),
        Options = [AuthorshipOptions.Since, AuthorshipOptions.Vouched],
        Permissions = new ActionPermissions(
            Plan: [new("autoscaling:DescribeAutoScalingGroups")],
            Apply: [new("autoscaling:DescribeAutoScalingGroups"), new("autoscaling:SuspendProcesses", Groups.AnyGroup)],
            Revert: [new("autoscaling:DescribeAutoScalingGroups"), new("autoscaling:ResumeProcesses", Groups.AnyGroup)]),
    };

    /// <inheritdoc/>
    public async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (Claim.Of(run) is not { } claim || await Groups.FindAsync(run, cancellationToken) is not { } found)
            return;
        var step = Groups.Step(run, GroupProcesses.SuspendKey, "SuspendProcesses", $"Suspend launching by group {run.Target.Name}");
        if (found is not [var group])
            run.AlreadyInPlace(step with { Summary = $"Group {run.Target.Name} does not exist, or is being deleted: it launches nothing" });
        else if (Strangers.IsTheirs(run, group, claim, step, Descriptor.Id))
            await GroupProcesses.SuspendAsync(run, group, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task VerifyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (await Groups.FindAsync(run, cancellationToken) is not [var group])
            return;
        var step = Groups.Step(run, GroupProcesses.SuspendKey, "SuspendProcesses", $"Keep group {run.Target.Name} from launching");
        if (GroupProcesses.Running(group) is { Count: > 0 } running)
            run.Broken(step, "ProcessesRun", $"{string.Join(", ", running)} may run");
        else
            run.AlreadyInPlace(step);
    }

    /// <inheritdoc/>
    public async Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        if (await Groups.FindAsync(run, cancellationToken) is not { } found)
            return;
        foreach (var step in receipt.Changes())
        {
            if (found is [var group])
                await GroupProcesses.RevertSuspendAsync(run, group, step, cancellationToken);
            else
                run.LeaveAsIs(step, $"Group {run.Target.Name} is gone.");
        }
    }
}
