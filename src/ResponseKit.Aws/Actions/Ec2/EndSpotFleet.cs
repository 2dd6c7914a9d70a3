using ResponseKit.Aws.Execution;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Aws.Actions.Ec2;

/// <summary>
/// Ends a Spot fleet that the actor made. Its instances are ended by id and not by the fleet, whose role is likely to be the actor's and denied everything at the
/// same time.
/// </summary>
public sealed class EndSpotFleet : IResponseAction
{
    private readonly FleetEnding ending;

    /// <summary>Makes it.</summary>
    public EndSpotFleet() => ending = new(new SpotFleets(), Descriptor.Id);

    /// <inheritdoc/>
    public ActionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.end-spot-fleet",
        Title = "End a Spot fleet",
        Summary = "Cancels the Spot fleet request, so that it launches and replaces nothing, and then terminates each instance that it launched. That works "
            + "whatever the fleet's role may still do. Instances that are kept as evidence run on, and are told. A Spot fleet that was made before the record says "
            + "so is held for a person.",
        Target = ResourceKind.SpotFleet,
        Stage = ResponseStage.StopSpend,
        Triggers = [ActionTrigger.Created(ResourceKind.SpotFleet)],
        Options = [AuthorshipOptions.Since, AuthorshipOptions.Vouched],
        BlastRadius = "The Spot fleet request and every instance that it launched end, with their memory, instance store, root volume and every volume set to be "
            + "deleted with them.",
        Reversibility = new Reversibility.Irreversible(
            "A cancelled Spot fleet request cannot be brought back, and what its instances held is lost. It can be requested again from what is kept: its "
            + "capacity, role, launch templates, images and instance types."),
        Permissions = new(
            Plan: [.. Reads],
            Apply:
            [
                .. Reads, new("ec2:CancelSpotFleetRequests", "arn:{partition}:ec2:{region}:{account}:spot-fleet-request/*"), .. FleetPermissions.Ending,
            ],
            Revert: []),
    };

    private static IEnumerable<Permission> Reads =>
        [new("ec2:DescribeSpotFleetRequests"), new("ec2:DescribeSpotFleetInstances"), .. FleetPermissions.Looking];

    /// <inheritdoc/>
    public Task ApplyAsync(ActionRun run, CancellationToken cancellationToken) => ending.ApplyAsync(run, cancellationToken);

    /// <inheritdoc/>
    public Task VerifyAsync(ActionRun run, CancellationToken cancellationToken) => ending.VerifyAsync(run, cancellationToken);

    /// <inheritdoc/>
    public Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        FleetEnding.Revert(run, receipt);
        return Task.CompletedTask;
    }
}
