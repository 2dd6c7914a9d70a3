using System.Text.Json.Nodes;
using Amazon.ECS;
using Amazon.ECS.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Response.Execution;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Aws.Actions.Ecs;

/// <summary>The services of a cluster, which start a new task for each that is stopped: they go before their tasks.</summary>
internal static class ClusterServices
{
    // Calls at once; ECS refills its bucket for changing services with 5 a second (ECS API Reference, "Request throttling").
    private const int AtOnce = 4;

    private static readonly IReadOnlyCollection<string> Gone = ["ServiceNotFoundException", "ServiceNotActiveException"];

    /// <summary>Scales services to zero and deletes them.</summary>
    public static async Task DeleteAsync(ActionRun run, IReadOnlyList<Service> services, CancellationToken cancellationToken)
    {
        var active = services.Where(service => service.Status == "ACTIVE").ToList();
        await run.AnnounceAsync(active.Select(Delete), cancellationToken);
        await ActionRun.ForEachAsync(active, AtOnce, (service, token) => DeleteAsync(run, service, token), cancellationToken);
    }

    private static async Task DeleteAsync(ActionRun run, Service service, CancellationToken cancellationToken)
    {
        var name = service.ServiceName;
        // Deleting by force ends the tasks too, but one by one and later; and a daemon has no desired count to set.
        if (service.DesiredCount > 0 && service.SchedulingStrategy != SchedulingStrategy.DAEMON)
        {
            var summary = $"Set the desired count of service {name} to 0, from {service.DesiredCount}";
            var scale = new Step($"service/{name}/scale", "ecs:UpdateService", name, summary) { MeansInPlace = Gone };
            var zero = new UpdateServiceRequest { Cluster = run.Target.Name, Service = name, DesiredCount = 0 };
            await run.StepAsync(scale, token => EcsPages.Client(run).UpdateServiceAsync(zero, token), cancellationToken);
        }

        // Amazon ECS API Reference, DeleteTaskSet: task sets of an external deployment controller are their maker's to delete.
        foreach (var set in service.DeploymentController?.Type == DeploymentControllerType.EXTERNAL ? service.TaskSets ?? [] : [])
        {
            var delete = new Step($"service/{name}/task-set/{set.Id}", "ecs:DeleteTaskSet", name, $"Delete task set {set.Id} of service {name}")
            {
                MeansInPlace = [.. Gone, "TaskSetNotFoundException"],
            };
            var request = new DeleteTaskSetRequest { Cluster = run.Target.Name, Service = name, TaskSet = set.Id, Force = true };
            await run.StepAsync(delete, token => EcsPages.Client(run).DeleteTaskSetAsync(request, token), cancellationToken);
        }

        var force = new DeleteServiceRequest { Cluster = run.Target.Name, Service = name, Force = true };
        await run.StepAsync(Delete(service), token => EcsPages.Client(run).DeleteServiceAsync(force, token), cancellationToken);
    }

    /// <summary>The step.</summary>
    public static Step Delete(Service service) => new(
        $"service/{service.ServiceName}/delete", "ecs:DeleteService", service.ServiceName, $"Delete service {service.ServiceName}")
    {
        Before = Describe(service),
        MeansInPlace = Gone,
    };

    private static JsonObject Describe(Service service) => new()
    {
        ["arn"] = service.ServiceArn,
        ["created"] = service.CreatedAt,
        ["createdBy"] = service.CreatedBy,
        ["taskDefinition"] = service.TaskDefinition,
        ["desired"] = service.DesiredCount,
        ["running"] = service.RunningCount,
        ["launchType"] = service.LaunchType?.Value,
        ["capacityProviders"] = Texts((service.CapacityProviderStrategy ?? []).Select(item => item.CapacityProvider)),
        ["scheduling"] = service.SchedulingStrategy?.Value,
        ["subnets"] = Texts(service.NetworkConfiguration?.AwsvpcConfiguration?.Subnets),
        ["securityGroups"] = Texts(service.NetworkConfiguration?.AwsvpcConfiguration?.SecurityGroups),
        ["publicAddress"] = service.NetworkConfiguration?.AwsvpcConfiguration?.AssignPublicIp?.Value,
        ["targetGroups"] = Texts((service.LoadBalancers ?? []).Select(balancer => balancer.TargetGroupArn)),
        ["role"] = service.RoleArn,
    };

    private static JsonArray Texts(IEnumerable<string?>? texts) => [.. (texts ?? []).Select(text => (JsonNode?)text)];
}
