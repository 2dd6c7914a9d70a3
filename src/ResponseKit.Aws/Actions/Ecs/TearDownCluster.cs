using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Aws.Actions.Ecs;

/// <summary>Takes a cluster that the attacker made apart, in the one order in which nothing starts again.</summary>
public sealed class TearDownCluster : IResponseAction
{
    /// <inheritdoc/>
    public ActionDescriptor Descriptor { get; } = new()
    {
        Id = "ecs.tear-down-cluster",
        Title = "Tear down an ECS cluster",
        Summary = "Scales every service to zero and deletes it, stops every task, deregisters container instances, detaches and deletes capacity "
            + "providers, deregisters and deletes the task definitions that the actor registered, and deletes the cluster. Of a cluster in which anything is "
            + "somebody else's, only what is the actor's ends. EC2 instances behind it are named in the receipt, and run on.",
        Target = ResourceKind.EcsCluster,
        Stage = ResponseStage.StopSpend,
        Triggers = [ActionTrigger.Created(ResourceKind.EcsCluster)],
        Options = AuthorshipOptions.Container,
        BlastRadius = "Everything of the actor's that runs in the cluster ends, and the cluster goes if all of it was theirs. Task definitions that they registered "
            + "are deleted; a service elsewhere that uses the same revision runs on, but cannot be deployed anew.",
        Reversibility = new Reversibility.Irreversible(
            "Tasks end, and services and task definitions are gone for good; a service left at zero can be raised again with one call. "
            + "Both are kept in the receipt as evidence, task definitions without the values of environment variables."),
        Permissions = new(Plan: [.. Reads], Apply: [.. Reads, .. Writes], Revert: []),
    };

    private static IEnumerable<Permission> Reads =>
    [
        new("cloudtrail:LookupEvents"), new("ecs:DescribeCapacityProviders"), new("ecs:DescribeClusters"), new("ecs:DescribeContainerInstances"), new("ecs:DescribeServices"),
        new("ecs:DescribeTaskDefinition"), new("ecs:DescribeTasks"), new("ecs:ListClusters"), new("ecs:ListContainerInstances"),
        new("ecs:ListServices"), new("ecs:ListTasks"),
    ];

    private static IEnumerable<Permission> Writes =>
    [
        Write("UpdateService", "service"), Write("DeleteService", "service"), Write("DeleteTaskSet", "task-set"), Write("StopTask", "task"),
        Write("DeregisterContainerInstance", "cluster"), Write("PutClusterCapacityProviders", "cluster"), Write("DeleteCluster", "cluster"),
        Write("DeleteCapacityProvider", "capacity-provider"), Write("DeleteTaskDefinitions", "task-definition"),
        new("ecs:DeregisterTaskDefinition", "*", "The call has no resource types (Service Authorization Reference, Amazon Elastic Container Service)."),
    ];

    /// <inheritdoc/>
    public async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (Claim.Of(run) is not { } claim || await EcsPages.ClusterAsync(run, cancellationToken) is not { } found)
            return;
        if (found is not [var cluster])
        {
            run.AlreadyInPlace(ClusterDeletion.Step(run));
            return;
        }

        var services = await EcsPages.ServicesAsync(run, cancellationToken);
        var tasks = await EcsPages.TasksAsync(run, await EcsPages.TaskArnsAsync(run, cancellationToken), cancellationToken);
        var definitions = await TaskDefinitions.ReadAsync(run, services, tasks, cancellationToken);
        var contents = new ClusterContents(
            run, claim, services, tasks, await EcsPages.ContainerInstancesAsync(run, cancellationToken), definitions);
        var theirs = await TaskDefinitions.NoteAsync(run, claim, services, definitions, cancellationToken);
        // Services start a new task for each that is stopped, so they go first. Task definitions go after what uses them, as deregistering
        // one hinders neither. The cluster refuses to go before all else.
        await ClusterServices.DeleteAsync(run, contents.Services, cancellationToken);
        await ClusterTasks.StopAsync(run, contents.Tasks, cancellationToken);
        // Looked up only now: two calls a second are allowed (CloudTrail quotas), and what runs is not to wait for them.
        var origin = await contents.HoldAsync(cancellationToken);
        if (origin is Origin.Theirs)
        {
            await ContainerInstances.DeregisterAsync(run, contents.Instances, cancellationToken);
            await CapacityProviders.RemoveAsync(run, claim, cluster, cancellationToken);
        }

        await TaskDefinitions.DeleteAsync(run, theirs, cancellationToken);
        if (origin is Origin.Theirs)
            await ClusterDeletion.DeleteAsync(run, cluster, origin, cancellationToken);
        else
            run.Hold(ClusterDeletion.Step(run), $"cluster {run.Target.Name}", origin, Holding.Vouch(run, Descriptor.Id));
    }

    /// <inheritdoc/>
    public async Task VerifyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        // A cluster that was held is left on purpose.
        if (run.Earlier?.Steps.Any(step => step.Key == ClusterDeletion.Step(run).Key && step.Outcome is StepOutcome.NeedsApproval) == true)
            return;
        if (await EcsPages.ClusterAsync(run, cancellationToken) is [var cluster])
            run.Broken(
                ClusterDeletion.Step(run), "StillThere",
                $"it is {cluster.Status}, with {cluster.ActiveServicesCount ?? 0} services and {cluster.RunningTasksCount ?? 0} running tasks");
    }

    /// <inheritdoc/>
    public Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        foreach (var step in receipt.Changes())
            run.LeaveAsIs(step, "It cannot be put back. If it was needed, create cluster, task definitions and services anew as the receipt shows them.");
        return Task.CompletedTask;
    }

    private static Permission Write(string operation, string resource) =>
        new("ecs:" + operation, $"arn:{{partition}}:ecs:{{region}}:{{account}}:{resource}/*");
}
