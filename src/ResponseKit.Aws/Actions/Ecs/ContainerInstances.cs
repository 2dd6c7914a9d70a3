using System.Text.Json.Nodes;
using Amazon.ECS.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Response.Execution;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Aws.Actions.Ecs;

/// <summary>The EC2 instances (or outside machines) that a cluster runs tasks on.</summary>
internal static class ContainerInstances
{
    private const int AtOnce = 8;

    /// <summary>
    /// Deregisters them. Their EC2 instances run on, and are named in the receipt for ec2.terminate-instances.
    /// Source: Amazon ECS API Reference, DeregisterContainerInstance.
    /// </summary>
    public static Task DeregisterAsync(ActionRun run, IReadOnlyList<ContainerInstance> instances, CancellationToken cancellationToken) =>
        ActionRun.ForEachAsync(instances, AtOnce, (instance, token) => DeregisterAsync(run, instance, token), cancellationToken);

    private static async Task DeregisterAsync(ActionRun run, ContainerInstance instance, CancellationToken cancellationToken)
    {
        var id = EcsPages.NameOf(instance.ContainerInstanceArn);
        var summary = $"Deregister container instance {id}; {instance.Ec2InstanceId} behind it runs on";
        var step = new Step($"container-instance/{id}", "ecs:DeregisterContainerInstance", id, summary)
        {
            Before = new JsonObject { ["instance"] = instance.Ec2InstanceId, ["capacityProvider"] = instance.CapacityProviderName },
            // With force, tasks are no obstacle; what is left to be invalid is a container instance that has gone.
            MeansInPlace = ["InvalidParameterException"],
        };
        var request = new DeregisterContainerInstanceRequest
        {
            Cluster = run.Target.Name,
            ContainerInstance = instance.ContainerInstanceArn,
            Force = true,
        };
        await run.StepAsync(step, token => EcsPages.Client(run).DeregisterContainerInstanceAsync(request, token), cancellationToken);
    }
}
