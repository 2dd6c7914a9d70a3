using System.Text.Json.Nodes;
using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.AutoScaling;

/// <summary>Deletes a group that the attacker made, so that nothing can raise it again.</summary>
public sealed class DeleteGroup : IResponseAction
{
    private static readonly TimeSpan ForGroupToGo = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public ActionDescriptor Descriptor { get; } = new()
    {
        Id = "autoscaling.delete-group",
        Title = "Delete an Auto Scaling group",
        Summary = "Takes deletion protection off the group and deletes it with the members it may still have, without waiting for lifecycle hooks. "
            + "Members that it did not launch, or that are held as evidence, are detached first and run on.",
        Target = ResourceKind.AutoScalingGroup,
        Stage = ResponseStage.Eradicate,
        Triggers = [ActionTrigger.Created(ResourceKind.AutoScalingGroup)],
        Options = [AuthorshipOptions.Since, AuthorshipOptions.Vouched],
        BlastRadius = "The group and every member that it launched end; its scaling policies, hooks, scheduled actions and warm pool go with it.",
        Reversibility = new Reversibility.Irreversible(
            "A deleted group cannot be restored. A group left at zero can be raised again by anyone with one call, so it goes; "
            + "its definition, hooks and scheduled actions are kept in the receipt."),
        Permissions = new(
            Plan: [.. Reads],
            Apply:
            [
                .. Reads, new("autoscaling:DetachInstances", Groups.AnyGroup), new("autoscaling:UpdateAutoScalingGroup", Groups.AnyGroup),
                new("autoscaling:DeleteAutoScalingGroup", Groups.AnyGroup),
            ],
            Revert: []),
    };

    private static IEnumerable<Permission> Reads =>
    [
        new("autoscaling:DescribeAutoScalingGroups"), new("autoscaling:DescribeLifecycleHooks"), new("autoscaling:DescribeScalingActivities"),
        new("autoscaling:DescribeScheduledActions"), new("autoscaling:DescribeWarmPool"), new("cloudtrail:LookupEvents"), new("ec2:DescribeInstances"),
    ];

    /// <inheritdoc/>
    public async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (Claim.Of(run) is not { } claim || await Groups.FindAsync(run, cancellationToken) is not { } found)
            return;
        Strangers.Recall(run);
        if (found is not [var group])
        {
            run.NotFound(Delete(run), Groups.NotThere(run));
            return;
        }

        if (!Strangers.IsTheirs(run, group, claim, Delete(run), Descriptor.Id) || !await Strangers.RemoveAsync(run, claim, Descriptor.Id, cancellationToken))
            return;
        var definition = GroupDefinition.Describe(
            group, await Groups.HooksAsync(run, cancellationToken), await Groups.ScheduledAsync(run, cancellationToken));
        if (GroupSettings.IsProtected(group))
        {
            var summary = $"Take deletion protection ({group.DeletionProtection}) off group {run.Target.Name}";
            var step = Groups.Step(run, "deletion-protection", "UpdateAutoScalingGroup", summary) with
            {
                Before = new JsonObject { ["deletionProtection"] = group.DeletionProtection.Value },
            };
            var request = new UpdateAutoScalingGroupRequest { AutoScalingGroupName = run.Target.Name, DeletionProtection = DeletionProtection.None };
            await GroupSettings.UpdateAsync(run, step, request, cancellationToken);
        }

        var delete = new DeleteAutoScalingGroupRequest { AutoScalingGroupName = run.Target.Name, ForceDelete = true };
        var result = await Groups.StepAsync(
            run, Delete(run) with { Before = definition }, (client, token) => client.DeleteAutoScalingGroupAsync(delete, token), cancellationToken);
        if (result.IsInPlace && !await run.UntilAsync(async token => await Groups.FindAsync(run, token) is [], ForGroupToGo, cancellationToken))
            run.Broken(Delete(run), "StillThere", $"AWS accepted the deletion, but group {run.Target.Name} is not being deleted");
    }

    /// <inheritdoc/>
    public async Task VerifyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (await Groups.FindAsync(run, cancellationToken) is [var group])
            run.Broken(Delete(run), "StillThere", $"group {group.AutoScalingGroupName} exists, with {group.Instances?.Count ?? 0} members");
    }

    /// <inheritdoc/>
    public Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        foreach (var step in receipt.Changes())
            run.LeaveAsIs(step, $"Group {run.Target.Name} is deleted. If it was needed, create it anew by hand from the definition in the receipt.");
        return Task.CompletedTask;
    }

    private static Step Delete(ActionRun run) =>
        Groups.Step(run, "delete", "DeleteAutoScalingGroup", $"Delete group {run.Target.Name} with its members");
}
