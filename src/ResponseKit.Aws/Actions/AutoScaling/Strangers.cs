using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using ResponseKit.Aws.Actions.Ec2;
using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.AutoScaling;

/// <summary>
/// Members that must not end with the group: those that it did not launch, which somebody attached and which are somebody else's servers, and those that are kept as
/// evidence. They are taken out of the group, which leaves them
/// running, before anything ends its members. Source: Amazon EC2 Auto Scaling User Guide, "Detach or attach instances from your Auto Scaling group".
/// </summary>
internal static class Strangers
{
    /// <summary>What the keys of the steps that detach begin with.</summary>
    public const string Prefix = "detach/";

    private const string NotLaunched = "no scaling activity of the group launched it";
    private const string ToldPrefix = "stranger/";

    // Amazon EC2 Auto Scaling API Reference, DetachInstances: up to 20 instances.
    private const int PerCall = 20;
    private static readonly TimeSpan ForDetaching = TimeSpan.FromMinutes(1);

    /// <summary>Judges the group itself; what is not the actor's is recorded and held.</summary>
    /// <returns>Whether it is the actor's.</returns>
    public static bool IsTheirs(ActionRun run, AutoScalingGroup group, Claim claim, Step step, string action)
    {
        var origin = claim.OfTarget(Time.Of(group.CreatedTime), "created");
        if (origin is Origin.Theirs)
            return true;
        run.Hold(step, $"group {group.AutoScalingGroupName}", origin, Holding.Vouch(run, action));
        return false;
    }

    /// <summary>
    /// Takes out what the group did not launch and what is kept as evidence, and says so. False when something is left in the group, or in its warm pool, of which it is not known that
    /// the group launched it: then nothing must end the members.
    /// </summary>
    public static async Task<bool> RemoveAsync(ActionRun run, Claim claim, string action, CancellationToken cancellationToken)
    {
        // Read anew: what was attached since the run began must be seen.
        if (await Groups.FindAsync(run, cancellationToken) is not { } found)
            return Unknown(run, action, "the group could not be read again");
        if (found is not [var group])
            return true;
        var hasPool = WarmPools.IsThere(group);
        var members = group.Instances ?? [];
        if (members.Count == 0 && !hasPool)
            return true;
        var pool = hasPool ? await PoolAsync(run, cancellationToken) : [];
        if (pool is null)
            return Unknown(run, action, "its warm pool could not be read");
        var held = await HeldInstances.FindAsync(run, members.Concat(pool).Select(member => member.InstanceId), cancellationToken);
        var foreign = new Dictionary<string, string>(held, StringComparer.Ordinal);
        if (!claim.Vouched)
        {
            var since = Time.Of(group.CreatedTime) is { } created ? created - Authorship.Skew : DateTimeOffset.MinValue;
            if (await ScalingLaunches.ReadAsync(run, run.Target.Name, since, deletedToo: false, cancellationToken) is not { } launches)
                return Unknown(run, action, "the scaling activities, which tell what it launched, could not be read");
            foreach (var member in members.Concat(pool).Where(member => !launches.ContainsKey(member.InstanceId)))
                foreign.TryAdd(member.InstanceId, NotLaunched);
        }

        var detached = await DetachAsync(run, group, [.. members.Where(member => foreign.ContainsKey(member.InstanceId))], foreign, cancellationToken);
        return IsPoolFree(run, pool, foreign, action) && detached;
    }

    private static async Task<bool> DetachAsync(
        ActionRun run, AutoScalingGroup group, List<Instance> strangers, Dictionary<string, string> why, CancellationToken cancellationToken)
    {
        var free = strangers.Where(IsDetachable).ToList();
        foreach (var stranger in strangers)
        {
            Tell(run, stranger.InstanceId, why[stranger.InstanceId]);
            if (!IsDetachable(stranger))
                run.Broken(Step(stranger.InstanceId), "NotDetachable", $"It is {stranger.LifecycleState}, and can be detached only in service or in standby");
        }

        // Launching is suspended or about to end, so nothing takes their place even where the minimum forbids to lower the desired capacity.
        var decrement = group.DesiredCapacity - free.Count >= group.MinSize;
        var detach = new BatchCall<DetachInstancesResponse>(
            run, PerCall,
            (ids, token) => Groups.WhileBusyAsync(
                run, (client, inner) => client.DetachInstancesAsync(
                    new() { AutoScalingGroupName = run.Target.Name, InstanceIds = [.. ids], ShouldDecrementDesiredCapacity = decrement }, inner),
                token));
        var done = await detach.RunAsync([.. free.Select(stranger => new BatchItem(stranger.InstanceId, Step(stranger.InstanceId)))], cancellationToken);
        if (done.Count < strangers.Count)
            return false;
        var ids = strangers.Select(stranger => stranger.InstanceId).ToHashSet(StringComparer.Ordinal);
        return ids.Count == 0 || await run.UntilAsync(
            async token => await Groups.FindAsync(run, token) is { } now && !now.Any(each => (each.Instances ?? []).Exists(member => ids.Contains(member.InstanceId))),
            ForDetaching, cancellationToken);
    }

    private static Task<IReadOnlyList<Instance>?> PoolAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var request = new DescribeWarmPoolRequest { AutoScalingGroupName = run.Target.Name };
        return Groups.ReadAsync<Instance>(
            run, "DescribeWarmPool", "the warm pool",
            async (client, token) => await client.Paginators.DescribeWarmPool(request).Instances.AllAsync(token), cancellationToken);
    }

    // A pool takes attached members back where it is told to (ReuseOnScaleIn), and there is no way to take one out of it.
    private static bool IsPoolFree(ActionRun run, IReadOnlyList<Instance> pool, Dictionary<string, string> foreign, string action)
    {
        var strangers = pool.Where(instance => foreign.ContainsKey(instance.InstanceId)).ToList();
        foreach (var stranger in strangers)
        {
            run.Hold(
                new Step($"warm-pool-member/{stranger.InstanceId}", "autoscaling:DeleteWarmPool", stranger.InstanceId, $"End {stranger.InstanceId} with the warm pool"),
                $"instance {stranger.InstanceId} in the warm pool of group {run.Target.Name}", new Origin.Earlier(foreign[stranger.InstanceId]),
                $"Take it into service and detach it, then send {action} the same request again.");
        }

        return strangers.Count == 0;
    }

    private static bool IsDetachable(Instance member) =>
        member.LifecycleState == LifecycleState.InService || member.LifecycleState == LifecycleState.Standby;

    private static void Tell(ActionRun run, string id, string why)
    {
        var step = new Step(ToldPrefix + id, "autoscaling:TerminateInstanceInAutoScalingGroup", id, $"End member {id}");
        run.NeedsApproval(step, why == NotLaunched
            ? $"Instance {id} was attached to group {run.Target.Name}, which did not launch it, so it is not the actor's. It is detached and runs on: put it back where "
                + $"it belongs with aws autoscaling attach-instances --instance-ids {id} --auto-scaling-group-name NAME. If it is the actor's after all, send "
                + "ec2.terminate-instances its id."
            : $"Instance {id} of group {run.Target.Name} is kept as evidence: {why}. It is detached and runs on; close its network if nobody has done so.");
    }

    /// <summary>Says again what an earlier run detached: it is out of the group now, and somebody still has to put it back.</summary>
    public static void Recall(ActionRun run)
    {
        foreach (var told in run.Steps.Where(step => step.Key.StartsWith(ToldPrefix, StringComparison.Ordinal)).ToList())
        {
            if (told.Outcome is StepOutcome.NeedsApproval { Reason: var reason })
                run.NeedsApproval(new Step(told.Key, told.Call, told.Resource, told.Summary), reason);
        }
    }

    private static bool Unknown(ActionRun run, string action, string why)
    {
        run.Hold(
            new Step("members", "autoscaling:UpdateAutoScalingGroup", run.Target.Name, $"End the members of group {run.Target.Name}"),
            $"what is in group {run.Target.Name}", new Origin.Unproven(why), Holding.Vouch(run, action));
        return false;
    }

    private static Step Step(string id) =>
        new(Prefix + id, "autoscaling:DetachInstances", id, $"Detach member {id}, which must not end with the group, and leave it running");
}
