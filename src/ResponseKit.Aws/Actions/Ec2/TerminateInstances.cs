using Amazon.EC2.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Aws.Actions.Ec2;

/// <summary>Terminates instances that the attacker launched, however he protected them.</summary>
public sealed class TerminateInstances : IResponseAction
{
    private const string AnyInstance = "arn:{partition}:ec2:{region}:{account}:instance/*";
    private const string AnySpotRequest = "arn:{partition}:ec2:{region}:{account}:spot-instances-request/*";
    private static readonly TimeSpan ForReadBack = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public ActionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.terminate-instances",
        Title = "Terminate EC2 instances",
        Summary = "Terminates instances in batches of one Availability Zone, after cancelling the persistent Spot requests behind them. "
            + "Termination and stop protection that stand in the way are cleared; a batch that AWS refuses is halved until every instance "
            + "that can go is gone.",
        Target = ResourceKind.Instance,
        MaxTargets = 1000,
        Stage = ResponseStage.Eradicate,
        Triggers = [ActionTrigger.Created(ResourceKind.Instance)],
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
        [new("ec2:DescribeInstances"), new("ec2:DescribeInstanceAttribute"), new("ec2:DescribeSpotInstanceRequests")];

    /// <inheritdoc/>
    public async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var running = await RunningAsync(run, cancellationToken);
        if (running.Count == 0)
            return;
        await SpotRequests.CancelAsync(run, running, cancellationToken);
        if (!run.Changes)
        {
            // Applying finds out by being refused, which costs nothing where nothing is protected. A plan has to look.
            var protections = await InstanceProtection.ReadAsync(run, running.Select(instance => instance.InstanceId), cancellationToken);
            await InstanceProtection.ReleaseAsync(run, protections, cancellationToken);
        }

        var evidence = await InstanceEvidence.ReadAsync(run, running, cancellationToken);
        var targets = running.Select(instance => (Instance: instance, Step: Step(instance) with { Before = evidence[instance.InstanceId] })).ToList();
        await run.AnnounceAsync(targets.Select(target => target.Step), cancellationToken);
        var accepted = await new Terminator(run).TerminateAsync(targets, cancellationToken);
        await ConfirmAsync(run, accepted, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task VerifyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var instances = await Instances.ReadAsync(run, Instances.Targets(run), cancellationToken) ?? [];
        foreach (var instance in instances.Values.Where(instance => !Instances.IsEnding(instance) && !Instances.IsManaged(instance)))
            run.Broken(Step(instance), "StillThere", $"instance {instance.InstanceId} is {instance.State?.Name}");
    }

    /// <inheritdoc/>
    public Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        foreach (var step in receipt.Changes())
            run.LeaveAsIs(step, "Terminated instances cannot be brought back. If one was needed, launch it anew by hand as the receipt describes it.");
        return Task.CompletedTask;
    }

    // Records what needs nothing done, and returns the rest.
    private static async Task<IReadOnlyList<Instance>> RunningAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var ids = Instances.Targets(run);
        if (await Instances.ReadAsync(run, ids, cancellationToken) is not { } instances)
            return [];
        var running = new List<Instance>();
        foreach (var id in ids)
        {
            if (instances.GetValueOrDefault(id) is not { } instance)
                run.AlreadyInPlace(Step(new Instance { InstanceId = id }));
            else if (Instances.IsEnding(instance))
                run.AlreadyInPlace(Step(instance));
            else if (Instances.IsManaged(instance))
                run.Skip(Step(instance), $"It is managed by {Instances.OwnerOf(instance)}: tear down through the owner, who alone may end it.");
            else
                running.Add(instance);
        }

        return running;
    }

    private static async Task ConfirmAsync(ActionRun run, IReadOnlyList<string> accepted, CancellationToken cancellationToken)
    {
        IReadOnlyList<Instance> left = [];
        var gone = await run.UntilAsync(
            async token =>
            {
                if (await Instances.ReadAsync(run, accepted, token) is not { } instances)
                    return false;
                left = [.. instances.Values.Where(instance => !Instances.IsEnding(instance))];
                return left.Count == 0;
            },
            ForReadBack,
            cancellationToken);
        foreach (var instance in gone ? [] : left)
            run.Broken(Step(instance), "StillThere", $"AWS accepted the termination, but the instance is still {instance.State?.Name} a minute later");
    }

    private static Step Step(Instance instance)
    {
        var kind = instance.InstanceType is null ? "" : $", {instance.InstanceType} in {instance.Placement?.AvailabilityZone}";
        var group = Instances.TagOf(instance, "aws:autoscaling:groupName") is { } name ? $", of Auto Scaling group {name}" : "";
        var summary = $"Terminate instance {instance.InstanceId}{kind}{group}";
        return new($"terminate/{instance.InstanceId}", "ec2:TerminateInstances", instance.InstanceId, summary)
        {
            MeansInPlace = ["InvalidInstanceID.NotFound"],
        };
    }
}
