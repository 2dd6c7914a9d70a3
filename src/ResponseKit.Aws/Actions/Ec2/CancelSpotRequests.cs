using System.Text.Json.Nodes;
using Amazon.EC2.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Ec2;

/// <summary>
/// Cancels Spot requests that the actor made, and ends what they launched: cancelling alone leaves the instance running, and ending alone makes a persistent
/// request launch another. Source: EC2 User Guide, "Cancel a Spot Instance request".
/// </summary>
public sealed class CancelSpotRequests : IResponseAction
{
    private const string KeptPrefix = "kept/";

    /// <inheritdoc/>
    public ActionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.cancel-spot-requests",
        Title = "Cancel Spot requests and end what they launched",
        Summary = "Cancels the Spot requests, so that they launch nothing more, and then terminates the instance of each. Instances that are kept as evidence run "
            + "on, and are told. A request that was made before the record says so is held for a person.",
        Target = ResourceKind.SpotRequest,
        MaxTargets = 200,
        Stage = ResponseStage.StopSpend,
        Triggers = [ActionTrigger.Created(ResourceKind.SpotRequest)],
        Options = [AuthorshipOptions.Since, AuthorshipOptions.Vouched],
        BlastRadius = "The requests, open ones included, and the instances that they launched end, with their memory, instance store, root volume and every volume "
            + "set to be deleted with them.",
        Reversibility = new Reversibility.Irreversible(
            "A cancelled Spot request cannot be opened again, and what its instance held is lost. It can be made again from what is kept: type, price, image and "
            + "instance type."),
        Permissions = new(
            Plan: [.. Reads],
            Apply:
            [
                .. Reads, new("ec2:CancelSpotInstanceRequests", "arn:{partition}:ec2:{region}:{account}:spot-instances-request/*"), .. FleetPermissions.Ending,
            ],
            Revert: []),
    };

    private static IEnumerable<Permission> Reads => [new("ec2:DescribeSpotInstanceRequests"), .. FleetPermissions.Looking];

    /// <inheritdoc/>
    public async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (Claim.Of(run) is not { } claim)
            return;
        var ids = Instances.Targets(run);
        if (await SpotRequests.ReadAsync(run, ids, cancellationToken) is not { } found)
            return;
        var requests = found.ToDictionary(spot => spot.SpotInstanceRequestId, StringComparer.Ordinal);
        var theirs = new List<SpotInstanceRequest>();
        foreach (var id in ids)
        {
            if (!requests.TryGetValue(id, out var spot))
                run.NotFound(Step(id), $"there is no Spot request {id} in account {run.Request.Account}, region {run.Region}. Check id and region if you expected it.");
            else if (claim.OfTarget(Time.Of(spot.CreateTime), "created") is not Origin.Theirs and var origin)
                run.Hold(Step(id), $"Spot request {id}", origin, $"If it is the actor's after all, send {Descriptor.Id} the target {id} with the option vouched set to true.");
            else
                theirs.Add(spot);
        }

        foreach (var spot in theirs.Where(spot => !SpotRequests.IsLive(spot)))
            run.AlreadyInPlace(Step(spot.SpotInstanceRequestId));
        await SpotRequests.CancelAsync(
            run, [.. theirs.Where(SpotRequests.IsLive).Select(spot => new BatchItem(spot.SpotInstanceRequestId, Step(spot.SpotInstanceRequestId) with { Before = Evidence(spot) }))],
            cancellationToken);
        await EndAsync(run, theirs, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task VerifyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (await SpotRequests.ReadAsync(run, Instances.Targets(run), cancellationToken) is not { } found)
            return;
        var waiting = (run.Earlier?.Steps ?? []).Where(step => step.Outcome is StepOutcome.NeedsApproval).Select(step => step.Key).ToHashSet(StringComparer.Ordinal);
        var theirs = found.Where(spot => !waiting.Contains(Step(spot.SpotInstanceRequestId).Key)).ToList();
        foreach (var spot in theirs.Where(SpotRequests.IsLive))
            run.Broken(Step(spot.SpotInstanceRequestId), "StillThere", $"Spot request {spot.SpotInstanceRequestId} is {spot.State}");
        if (await LaunchedAsync(run, theirs, cancellationToken) is not { } instances)
            return;
        foreach (var instance in instances.Where(instance => !waiting.Contains(KeptPrefix + instance.InstanceId)))
            InstanceEnding.StillThere(run, instance);
    }

    /// <inheritdoc/>
    public Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        foreach (var step in receipt.Changes())
            run.LeaveAsIs(step, "Neither a cancelled Spot request nor a terminated instance can be brought back. If it was needed, make it anew by hand as the receipt describes it.");
        return Task.CompletedTask;
    }

    private static async Task EndAsync(ActionRun run, IReadOnlyList<SpotInstanceRequest> theirs, CancellationToken cancellationToken)
    {
        // A request may have launched since it was read, or again.
        var now = run.Changes && theirs.Count > 0
            ? await SpotRequests.ReadAsync(run, [.. theirs.Select(spot => spot.SpotInstanceRequestId)], cancellationToken) ?? []
            : [];
        if (await LaunchedAsync(run, [.. theirs, .. now], cancellationToken) is not { } running)
            return;
        var kept = await HeldInstances.FindAsync(run, running.Select(instance => instance.InstanceId), cancellationToken);
        foreach (var (id, why) in kept.OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            run.NeedsApproval(
                new Step(KeptPrefix + id, "ec2:TerminateInstances", id, $"Terminate instance {id}"),
                $"Instance {id} is kept as evidence: {why}. Its Spot request is cancelled, and it runs on; close its network if nobody has done so.");
        }

        await InstanceEnding.EndAsync(
            run, [.. running.Where(instance => !kept.ContainsKey(instance.InstanceId))],
            instance => $"Spot request {instance.SpotInstanceRequestId} of the actor's launched it", cancellationToken);
    }

    // An instance says itself which request launched it: that of somebody else's is no answer to ours.
    private static async Task<IReadOnlyList<Instance>?> LaunchedAsync(ActionRun run, IReadOnlyList<SpotInstanceRequest> spots, CancellationToken cancellationToken)
    {
        var requests = spots.Select(spot => spot.SpotInstanceRequestId).ToHashSet(StringComparer.Ordinal);
        List<string> ids = [.. spots.Select(spot => spot.InstanceId).Where(id => !string.IsNullOrEmpty(id)).Distinct(StringComparer.Ordinal)];
        return await Instances.ReadAsync(run, ids, cancellationToken) is not { } instances
            ? null
            : [.. instances.Values.Where(instance => !Instances.IsEnding(instance) && requests.Contains(instance.SpotInstanceRequestId ?? ""))];
    }

    private static JsonObject Evidence(SpotInstanceRequest spot) => new()
    {
        ["state"] = spot.State?.Value,
        ["type"] = spot.Type?.Value,
        ["created"] = spot.CreateTime,
        ["price"] = spot.SpotPrice,
        ["instance"] = spot.InstanceId,
        ["image"] = spot.LaunchSpecification?.ImageId,
        ["instanceType"] = spot.LaunchSpecification?.InstanceType?.Value,
    };

    private static Step Step(string id) => new($"spot-request/{id}", "ec2:CancelSpotInstanceRequests", id, $"Cancel Spot request {id}, so that it launches nothing more")
    {
        MeansInPlace = ["InvalidSpotInstanceRequestID.NotFound"],
    };
}
