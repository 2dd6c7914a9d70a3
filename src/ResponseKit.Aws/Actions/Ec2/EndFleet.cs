using ResponseKit.Aws.Execution;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Aws.Actions.Ec2;

/// <summary>Ends an EC2 fleet that the actor made. It launches under a service-linked role, so that containing whoever made it does not stop it.</summary>
public sealed class EndFleet : IResponseAction
{
    private readonly FleetEnding ending;

    /// <summary>Makes it.</summary>
    public EndFleet() => ending = new(new Ec2Fleets(), Descriptor.Id);

    /// <inheritdoc/>
    public ActionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.end-fleet",
        Title = "End an EC2 fleet",
        Summary = "Deletes the fleet, so that it launches and replaces nothing, and then terminates each instance that it launched, however it is protected. "
            + "Instances that are kept as evidence run on, and are told. A fleet that was made before the record says so is held for a person.",
        Target = ResourceKind.Fleet,
        Stage = ResponseStage.StopSpend,
        Triggers = [ActionTrigger.Created(ResourceKind.Fleet)],
        Options = [AuthorshipOptions.Since, AuthorshipOptions.Vouched],
        BlastRadius = "The fleet and every instance that it launched end, with their memory, instance store, root volume and every volume set to be deleted with them.",
        Reversibility = new Reversibility.Irreversible(
            "A deleted fleet cannot be brought back, and what its instances held is lost. The fleet can be made again from what is kept: its type, capacity, "
            + "launch templates and instance types."),
        Permissions = new(
            Plan: [.. Reads],
            Apply: [.. Reads, new("ec2:DeleteFleets", "arn:{partition}:ec2:{region}:{account}:fleet/*"), .. FleetPermissions.Ending],
            Revert: []),
    };

    private static IEnumerable<Permission> Reads => [new("ec2:DescribeFleets"), new("ec2:DescribeFleetInstances"), .. FleetPermissions.Looking];

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
