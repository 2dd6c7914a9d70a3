using Amazon.EC2.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Aws.Actions.Ec2;

/// <summary>Terminates instances that the attacker launched, however he protected them.</summary>
public sealed class TerminateInstances : IResponseAction
{
    private const string AnyInstance = "arn:{partition}:ec2:{region}:{account}:instance/*";
    private const string AnySpotRequest = "arn:{partition}:ec2:{region}:{account}:spot-instances-request/*";

    /// <inheritdoc/>
    public ActionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.terminate-instances",
        Title = "Terminate EC2 instances",
        Summary = "Terminates instances in batches of one Availability Zone, after cancelling the persistent Spot requests behind them. "
            + "Termination and stop protection that stand in the way are cleared; a batch that AWS refuses is halved until every instance "
            + "that can go is gone. An instance that was launched before the record says so is held for a person.",
        Target = ResourceKind.Instance,
        MaxTargets = 1000,
        Stage = ResponseStage.Eradicate,
        Triggers = [ActionTrigger.Created(ResourceKind.Instance), ActionTrigger.Detached(ResourceKind.Instance)],
        Options = [AuthorshipOptions.Since, AuthorshipOptions.Groups, AuthorshipOptions.Vouched],
        ProvesEachTarget = true,
        BlastRadius = "The instances end, with their memory, instance store, root volume and every volume set to be deleted with them.",
        Reversibility = new Reversibility.Irreversible(
            "Memory and the volumes deleted on termination are lost. Miners spend by the second and can be launched again from what is kept: "
            + "type, image, network, role, tags and launch template of each, and the hash of the user data of two for each template. "
            + "Snapshot first what needs an investigation."),
        Permissions = new(
            Plan: [.. Reads],
            Apply:
            [
                .. Reads,
                new("ec2:CancelSpotInstanceRequests", AnySpotRequest),
                new("ec2:ModifyInstanceAttribute", AnyInstance),
                new("ec2:TerminateInstances", AnyInstance),
            ],
            Revert: []),
    };

    private static IEnumerable<Permission> Reads =>
    [
        new("autoscaling:DescribeScalingActivities"), new("cloudtrail:LookupEvents"), new("ec2:DescribeInstances"), new("ec2:DescribeInstanceAttribute"),
        new("ec2:DescribeSpotInstanceRequests"),
    ];

    /// <inheritdoc/>
    public async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (Claim.Of(run) is not { } claim)
            return;
        var (running, origins) = await RunningAsync(run, claim, cancellationToken);
        if (running.Count == 0)
            return;
        await SpotRequests.CancelAsync(run, running, cancellationToken);
        await InstanceEnding.EndAsync(run, running, instance => origins.Of(instance).Evidence, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task VerifyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var instances = await Instances.ReadAsync(run, Instances.Targets(run), cancellationToken) ?? [];
        var held = Held(run);
        foreach (var instance in instances.Values.Where(instance => !Instances.IsEnding(instance) && !Instances.IsManaged(instance)))
        {
            // What was held is not what this action brought about.
            if (held.Contains(InstanceEnding.Step(instance).Key))
                continue;
            InstanceEnding.StillThere(run, instance);
        }
    }

    /// <inheritdoc/>
    public Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        foreach (var step in receipt.Changes())
            run.LeaveAsIs(step, "Terminated instances cannot be brought back. If one was needed, launch it anew by hand as the receipt describes it.");
        return Task.CompletedTask;
    }

    private static HashSet<string> Held(ActionRun run) =>
        [.. (run.Earlier?.Steps ?? []).Where(step => step.Outcome is StepOutcome.NeedsApproval).Select(step => step.Key)];

    // Records what needs nothing done, and returns the rest.
    private static async Task<(IReadOnlyList<Instance> Running, InstanceOrigin Origins)> RunningAsync(
        ActionRun run, Claim claim, CancellationToken cancellationToken)
    {
        var ids = Instances.Targets(run);
        var instances = await Instances.ReadAsync(run, ids, cancellationToken);
        var origins = await InstanceOrigin.ReadAsync(run, claim, instances?.Values ?? Enumerable.Empty<Instance>(), cancellationToken);
        if (instances is null)
            return ([], origins);
        var kept = await HeldInstances.FindAsync(run, instances.Keys, cancellationToken);
        var running = new List<Instance>();
        foreach (var id in ids)
        {
            if (instances.GetValueOrDefault(id) is not { } instance)
                run.NotFound(InstanceEnding.Step(new Instance { InstanceId = id }), Instances.NotThere(run, id));
            else if (Instances.IsEnding(instance))
                run.AlreadyInPlace(InstanceEnding.Step(instance));
            else if (Instances.IsManaged(instance))
                run.Skip(InstanceEnding.Step(instance), $"It is managed by {Instances.OwnerOf(instance)}: tear down through the owner, who alone may end it.");
            else if (kept.TryGetValue(id, out var why))
                run.NeedsApproval(InstanceEnding.Step(instance), $"Instance {id} is kept as evidence: {why}. It is left running; close its network if nobody has done so.");
            else if (origins.Of(instance) is not Origin.Theirs and var origin)
                run.Hold(InstanceEnding.Step(instance), $"instance {id}", origin, $"If it is the actor's after all, send ec2.terminate-instances {id} with the option vouched set to true.");
            else
                running.Add(instance);
        }

        return (running, origins);
    }
}
