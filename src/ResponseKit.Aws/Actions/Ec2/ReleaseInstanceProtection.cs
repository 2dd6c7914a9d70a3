using Amazon.EC2;
using Amazon.EC2.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Aws.Actions.Ec2;

/// <summary>
/// Takes termination and stop protection off instances. The attacker sets them to slow responders down; both make TerminateInstances fail.
/// </summary>
public sealed class ReleaseInstanceProtection : IResponseAction
{
    private const string AnyInstance = "arn:{partition}:ec2:{region}:{account}:instance/*";

    /// <inheritdoc/>
    public ActionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.release-instance-protection",
        Title = "Release EC2 termination and stop protection",
        Summary = "Clears disableApiTermination and disableApiStop on instances, whichever is set. "
            + "Instances keep running; they can be terminated afterwards. Only of instances that the actor launched, alone or by a group: whether any other "
            + "was protected before is not on record, so a person decides.",
        Target = ResourceKind.Instance,
        MaxTargets = 200,
        Stage = ResponseStage.ReverseObstruction,
        Options = [AuthorshipOptions.Since, AuthorshipOptions.Begins, AuthorshipOptions.Groups, AuthorshipOptions.Vouched],
        ProvesEachTarget = true,
        Triggers = [ActionTrigger.Created(ResourceKind.Instance), ActionTrigger.Altered(ResourceKind.Instance)],
        BlastRadius = "The instances run on. Until it is reverted, anyone with ec2:TerminateInstances or ec2:StopInstances can end or stop them, "
            + "also by mistake.",
        Reversibility = new Reversibility.Reversible(),
        EndsTarget = true,
        Permissions = new(
            Plan: [.. Reads],
            Apply: [.. Reads, new("ec2:ModifyInstanceAttribute", AnyInstance)],
            Revert: [new("ec2:DescribeInstances"), new("ec2:DescribeInstanceAttribute"), new("ec2:ModifyInstanceAttribute", AnyInstance)]),
    };

    private static IEnumerable<Permission> Reads =>
        [new("autoscaling:DescribeScalingActivities"), new("cloudtrail:LookupEvents"), new("ec2:DescribeInstances"), new("ec2:DescribeInstanceAttribute")];

    /// <inheritdoc/>
    public async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var protections = await ReadAsync(run, record: true, cancellationToken);
        foreach (var free in protections.Where(protection => !protection.IsSet))
            run.AlreadyInPlace(free.Release());
        await InstanceProtection.ReleaseAsync(run, protections, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task VerifyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        foreach (var set in (await ReadAsync(run, record: false, cancellationToken)).Where(protection => protection.IsSet))
            run.Broken(set.Release(), "StillProtected", $"{set.Attribute.Value} is set on instance {set.InstanceId}");
    }

    /// <inheritdoc/>
    public async Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        var done = receipt.Changes().ToList();
        if (await Instances.ReadAsync(run, [.. done.Select(step => step.Id())], cancellationToken) is not { } instances)
            return;
        foreach (var step in done)
        {
            if (instances.GetValueOrDefault(step.Id()) is not { } instance || Instances.IsEnding(instance))
                run.LeaveAsIs(step, $"Instance {step.Id()} is terminated; there is nothing left to protect.");
            else
                await ProtectAsync(run, step, cancellationToken);
        }
    }

    private static async Task ProtectAsync(ActionRun run, StepReceipt done, CancellationToken cancellationToken)
    {
        var (instanceId, attribute) = (done.Id(), new InstanceAttributeName(done.Kind()));
        var undo = done.UndoneBy("ec2:ModifyInstanceAttribute", $"Set {attribute.Value} of instance {instanceId} again");
        var now = await InstanceProtection.ReadAsync(run, [instanceId], cancellationToken);
        if (now.Any(protection => protection.Attribute == attribute && protection.IsSet))
            run.AlreadyInPlace(undo);
        else
            await run.StepAsync(
                undo,
                token => run.Aws.Ec2(run.Region).ModifyInstanceAttributeAsync(InstanceProtection.Request(instanceId, attribute, true), token),
                cancellationToken);
    }

    private static async Task<IReadOnlyList<InstanceProtection>> ReadAsync(ActionRun run, bool record, CancellationToken cancellationToken)
    {
        var ids = Instances.Targets(run);
        if (await Instances.ReadAsync(run, ids, cancellationToken) is not { } instances)
            return [];
        if (Claim.Of(run) is not { } claim)
            return [];
        var origins = await InstanceOrigin.ReadAsync(run, claim, instances.Values.Where(each => !Instances.IsEnding(each)), cancellationToken);
        var kept = await HeldInstances.FindAsync(run, instances.Keys, cancellationToken);
        var open = new List<string>();
        foreach (var id in ids)
        {
            var instance = instances.GetValueOrDefault(id);
            if (instance is not null && !Instances.IsEnding(instance) && WhyNot(instance) is null)
            {
                if (kept.TryGetValue(id, out var why))
                {
                    if (record)
                        run.NeedsApproval(InstanceProtection.Step(InstanceAttributeName.DisableApiTermination, id), $"Instance {id} is kept as evidence: {why}. Its protection stays.");
                }
                else if (origins.Of(instance) is Origin.Theirs)
                    open.Add(id);
                else if (record)
                    Hold(run, id, origins.Of(instance));
            }
            else if (record)
                Record(run, id, instance);
        }

        return await InstanceProtection.ReadAsync(run, open, cancellationToken);
    }

    // A step for each attribute would tell a person the same twice.
    private static void Hold(ActionRun run, string id, Origin origin) => run.Hold(
        InstanceProtection.Step(InstanceAttributeName.DisableApiTermination, id), $"instance {id}", origin,
        $"It may have been protected before the incident. If it was not: aws ec2 modify-instance-attribute --instance-id {id} --no-disable-api-termination");

    private static void Record(ActionRun run, string id, Instance? instance)
    {
        foreach (var step in InstanceProtection.Attributes.Select(attribute => InstanceProtection.Step(attribute, id)))
        {
            if (instance is null)
                run.NotFound(step, Instances.NotThere(run, id));
            else if (Instances.IsEnding(instance))
                run.AlreadyInPlace(step);
            else
                run.Skip(step, WhyNot(instance)!);
        }
    }

    private static string? WhyNot(Instance instance) =>
        Instances.IsManaged(instance)
            ? $"Instance {instance.InstanceId} is managed by {Instances.OwnerOf(instance)}, who alone may change it: tear down through the owner."
        : Instances.IsSpot(instance) ? $"Instance {instance.InstanceId} is a Spot Instance, which cannot have this protection."
        : null;
}
