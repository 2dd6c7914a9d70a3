using System.Text.Json.Nodes;
using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.AutoScaling;

/// <summary>The instances of a group, and what keeps them from being scaled in.</summary>
internal static class Members
{
    /// <summary>What the keys of the steps that clear scale-in protection begin with.</summary>
    public const string ProtectionPrefix = "scale-in-protection/";

    private const string LeftKey = "members";

    // Amazon EC2 Auto Scaling API Reference, SetInstanceProtection: at most 50 ids.
    private const int PerCall = 50;
    private const int NamedInMessages = 5;
    private static readonly TimeSpan ForMembersToLeave = TimeSpan.FromMinutes(3);

    /// <summary>Members that scale-in ought to end. Those in standby are not counted as capacity, so that it passes them by.</summary>
    public static IReadOnlyList<Instance> ToLeave(AutoScalingGroup group) => [.. (group.Instances ?? []).Where(instance => !IsInStandby(instance))];

    /// <summary>Clears scale-in protection of the members that have it; it can only be changed in service.</summary>
    public static async Task UnprotectAsync(ActionRun run, AutoScalingGroup group, CancellationToken cancellationToken)
    {
        var inService = (group.Instances ?? []).Where(instance => instance.LifecycleState == LifecycleState.InService);
        var held = inService.Where(instance => instance.ProtectedFromScaleIn == true);
        var clear = new BatchCall<SetInstanceProtectionResponse>(run, PerCall, (ids, token) => UnprotectAsync(run, ids, token));
        await clear.RunAsync([.. held.Select(instance => new BatchItem(instance.InstanceId, Step(instance.InstanceId)))], cancellationToken);
    }

    /// <summary>Says what became of a member whose scale-in protection was cleared. One that was never scaled in is a person's to protect again.</summary>
    public static void RevertProtection(ActionRun run, AutoScalingGroup group, StepReceipt done)
    {
        if ((group.Instances ?? []).Find(instance => instance.InstanceId == done.Id()) is not { } member)
            run.LeaveAsIs(done, "The member is gone. Its successors are protected if the group's own setting, which is put back, says so.");
        else if (member.ProtectedFromScaleIn == true)
            run.AlreadyInPlace(done.UndoneBy(done.Call, $"Protect member {done.Id()} from scale-in"));
        else
            run.Hold(
                done, $"Member {done.Id()} runs on, without the protection from scale-in that it had. To protect it again: aws autoscaling set-instance-protection "
                    + $"--auto-scaling-group-name {run.Target.Name} --instance-ids {done.Id()} --protected-from-scale-in --region {run.Region}");
    }

    /// <summary>Records the members that scale-in passes by.</summary>
    public static void SkipStandby(ActionRun run, AutoScalingGroup group)
    {
        foreach (var instance in (group.Instances ?? []).Where(IsInStandby))
        {
            var id = instance.InstanceId;
            run.Skip(
                new Step($"standby/{id}", "autoscaling:UpdateAutoScalingGroup", id, $"Scale in member {id}"),
                $"Member {id} is in standby, where scaling in passes it by: use ec2.terminate-instances or autoscaling.delete-group.");
        }
    }

    /// <summary>Waits until the members are gone, taking off protection that appears meanwhile.</summary>
    public static async Task WaitUntilGoneAsync(ActionRun run, CancellationToken cancellationToken)
    {
        IReadOnlyList<Instance> left = [];
        var gone = await run.UntilAsync(
            async token =>
            {
                if (await Groups.FindAsync(run, token) is not { } found)
                    return false;
                if (found is not [var group])
                    return true;
                // A member that was on its way into service takes its protection along.
                await UnprotectAsync(run, group, token);
                left = ToLeave(group);
                return left.Count == 0;
            },
            ForMembersToLeave,
            cancellationToken);
        if (!gone)
            Left(run, left);
        else if (run.Steps.Any(step => step.Key == LeftKey))
            // What an earlier run had to leave is gone now.
            run.AlreadyInPlace(LeftStep(run));
    }

    /// <summary>Reports members that are still there.</summary>
    public static void Left(ActionRun run, IReadOnlyList<Instance> left)
    {
        var some = string.Join(", ", left.Take(NamedInMessages).Select(instance => $"{instance.InstanceId} ({instance.LifecycleState})"));
        run.Broken(
            LeftStep(run),
            "MembersLeft",
            $"{left.Count} members are still in the group: {some}{(left.Count > NamedInMessages ? ", …" : "")}; "
            + "a load balancer may be draining them. ec2.terminate-instances ends them without waiting");
    }

    private static Task<SetInstanceProtectionResponse> UnprotectAsync(ActionRun run, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var request = new SetInstanceProtectionRequest
        {
            AutoScalingGroupName = run.Target.Name,
            InstanceIds = [.. ids],
            ProtectedFromScaleIn = false,
        };
        return Groups.WhileBusyAsync(run, (client, token) => client.SetInstanceProtectionAsync(request, token), cancellationToken);
    }

    private static Step LeftStep(ActionRun run) =>
        Groups.Step(run, LeftKey, "UpdateAutoScalingGroup", $"Scale in the members of group {run.Target.Name}");

    private static bool IsInStandby(Instance instance) =>
        instance.LifecycleState == LifecycleState.Standby || instance.LifecycleState == LifecycleState.EnteringStandby;

    private static Step Step(string id) =>
        new(ProtectionPrefix + id, "autoscaling:SetInstanceProtection", id, $"Clear scale-in protection of member {id}")
        {
            Before = new JsonObject { ["protected"] = true },
        };
}
