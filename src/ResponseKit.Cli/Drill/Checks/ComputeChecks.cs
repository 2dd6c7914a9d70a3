using Amazon.AutoScaling.Model;
using Amazon.EC2.Model;
using Amazon.ECS.Model;
using ResponseKit.Cli.Drill.Estate;

namespace ResponseKit.Cli.Drill.Checks;

/// <summary>Looks for compute that does not belong to the innocent estate, in every region of the attack.</summary>
internal sealed class ComputeChecks(DrillAccount account, DrillSize size, IReadOnlyList<string> innocentInstances)
{
    private readonly HashSet<string> innocent = new(innocentInstances, StringComparer.Ordinal);

    public async Task<IReadOnlyList<DrillCheck>> RunAsync(CancellationToken cancellationToken)
    {
        var groups = await GroupsAsync(cancellationToken);
        return
        [
            DrillCheck.None("no attacker Auto Scaling group is left", groups, "none"),
            DrillCheck.None("no attacker instance runs", await InstancesAsync(cancellationToken), "none"),
            DrillCheck.None("no attacker ECS cluster is left", await ClustersAsync(cancellationToken), "none"),
            DrillCheck.None("no attacker ECS task runs", await TasksAsync(cancellationToken), "none"),
            DrillCheck.None("no attacker task definition is active", await TaskDefinitionsAsync(cancellationToken), "none"),
        ];
    }

    private async Task<IReadOnlyCollection<string>> GroupsAsync(CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var region in size.Regions)
        {
            var groups = account.Administrator.Aws.AutoScaling(region).Paginators.DescribeAutoScalingGroups(new DescribeAutoScalingGroupsRequest());
            await foreach (var group in groups.AutoScalingGroups.WithCancellation(cancellationToken))
            {
                if (group.AutoScalingGroupName == InnocentEstate.WebGroup)
                    innocent.UnionWith((group.Instances ?? []).Select(instance => instance.InstanceId));
                else
                    found.Add($"{group.AutoScalingGroupName} ({group.MinSize}/{group.DesiredCapacity}/{group.MaxSize}, {region})");
            }
        }

        return found;
    }

    private async Task<IReadOnlyCollection<string>> InstancesAsync(CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var region in size.Regions)
        {
            var running = new DescribeInstancesRequest
            {
                Filters = [new Amazon.EC2.Model.Filter { Name = "instance-state-name", Values = ["pending", "running", "stopping", "stopped"] }],
            };
            await foreach (var reservation in account.Administrator.Aws.Ec2(region).Paginators.DescribeInstances(running).Reservations.WithCancellation(cancellationToken))
                found.AddRange(reservation.Instances.Where(instance => !innocent.Contains(instance.InstanceId)).Select(instance => $"{instance.InstanceId} ({region})"));
        }

        return found;
    }

    private async Task<IReadOnlyCollection<string>> ClustersAsync(CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var region in size.Regions)
            await foreach (var cluster in account.Administrator.Aws.Ecs(region).Paginators.ListClusters(new ListClustersRequest()).ClusterArns.WithCancellation(cancellationToken))
                if (!cluster.EndsWith("/" + InnocentWorkloads.Cluster, StringComparison.Ordinal))
                    found.Add(cluster);
        return found;
    }

    private async Task<IReadOnlyCollection<string>> TasksAsync(CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var region in size.Regions)
        {
            var ecs = account.Administrator.Aws.Ecs(region);
            await foreach (var cluster in ecs.Paginators.ListClusters(new ListClustersRequest()).ClusterArns.WithCancellation(cancellationToken))
                if (!cluster.EndsWith("/" + InnocentWorkloads.Cluster, StringComparison.Ordinal))
                    await foreach (var task in ecs.Paginators.ListTasks(new ListTasksRequest { Cluster = cluster }).TaskArns.WithCancellation(cancellationToken))
                        found.Add(task);
        }

        return found;
    }

    private async Task<IReadOnlyCollection<string>> TaskDefinitionsAsync(CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var region in size.Regions)
            await foreach (var definition in account.Administrator.Aws.Ecs(region).Paginators.ListTaskDefinitions(new ListTaskDefinitionsRequest()).TaskDefinitionArns.WithCancellation(cancellationToken))
                if (!definition.Contains($"task-definition/{InnocentWorkloads.Service}:", StringComparison.Ordinal))
                    found.Add(definition);
        return found;
    }
}
