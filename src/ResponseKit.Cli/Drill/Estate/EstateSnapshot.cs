using System.Collections.Immutable;
using System.Globalization;
using Amazon.AutoScaling.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.ECS.Model;
using Amazon.IdentityManagement.Model;
using Amazon.Lambda.Model;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Cli.Drill.Estate;

/// <summary>Every setting of the innocent estate, as the account answers when asked: one line a setting.</summary>
internal sealed record EstateSnapshot(ImmutableSortedDictionary<string, string> Settings)
{
    public static async Task<EstateSnapshot> TakeAsync(DrillAccount account, string region, IReadOnlyList<string> instances, CancellationToken cancellationToken)
    {
        var settings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var aws = account.Administrator.Aws;
        foreach (var user in new[] { InnocentEstate.Alice, InnocentEstate.Monitoring })
            await UserAsync(aws.Iam(region), user, settings, cancellationToken);
        await InstancesAsync(aws.Ec2(region), instances, settings, cancellationToken);
        await GroupAsync(account, region, settings, cancellationToken);
        await WorkloadsAsync(account, region, settings, cancellationToken);
        return new(settings.ToImmutable());
    }

    /// <summary>The settings that differ, in words.</summary>
    public IReadOnlyList<string> DifferencesTo(EstateSnapshot other) =>
    [
        .. Settings.Keys.Union(other.Settings.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(key => Settings.GetValueOrDefault(key) != other.Settings.GetValueOrDefault(key))
            .Select(key => $"{key}: was {Settings.GetValueOrDefault(key, "not there")}, is {other.Settings.GetValueOrDefault(key, "not there")}"),
    ];

    private static async Task UserAsync(
        Amazon.IdentityManagement.IAmazonIdentityManagementService iam, string user, IDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var keys = await iam.ListAccessKeysAsync(new ListAccessKeysRequest { UserName = user }, cancellationToken);
        foreach (var key in keys.AccessKeyMetadata ?? [])
            settings[$"user {user}, key {key.AccessKeyId}"] = key.Status;
        var attached = await iam.ListAttachedUserPoliciesAsync(new ListAttachedUserPoliciesRequest { UserName = user }, cancellationToken);
        settings[$"user {user}, managed policies"] = string.Join(",", (attached.AttachedPolicies ?? []).Select(policy => policy.PolicyArn).Order(StringComparer.Ordinal));
        var inline = await iam.ListUserPoliciesAsync(new ListUserPoliciesRequest { UserName = user }, cancellationToken);
        settings[$"user {user}, inline policies"] = string.Join(",", (inline.PolicyNames ?? []).Order(StringComparer.Ordinal));
        settings[$"user {user}, boundary"] = (await iam.GetUserAsync(new GetUserRequest { UserName = user }, cancellationToken)).User.PermissionsBoundary?.PermissionsBoundaryArn ?? "none";
    }

    private static async Task InstancesAsync(IAmazonEC2 ec2, IReadOnlyList<string> instances, IDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var described = await ec2.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = [.. instances] }, cancellationToken);
        foreach (var instance in described.Reservations.SelectMany(reservation => reservation.Instances))
        {
            settings[$"instance {instance.InstanceId}, state"] = instance.State.Name;
            foreach (var attribute in new[] { InstanceAttributeName.DisableApiTermination, InstanceAttributeName.DisableApiStop })
            {
                var value = await ec2.DescribeInstanceAttributeAsync(
                    new DescribeInstanceAttributeRequest { InstanceId = instance.InstanceId, Attribute = attribute }, cancellationToken);
                var on = attribute == InstanceAttributeName.DisableApiStop ? value.InstanceAttribute.DisableApiStop : value.InstanceAttribute.DisableApiTermination;
                settings[$"instance {instance.InstanceId}, {attribute}"] = on == true ? "true" : "false";
            }
        }
    }

    private static async Task GroupAsync(DrillAccount account, string region, IDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var described = await account.Administrator.Aws.AutoScaling(region).DescribeAutoScalingGroupsAsync(
            new DescribeAutoScalingGroupsRequest { AutoScalingGroupNames = [InnocentEstate.WebGroup] }, cancellationToken);
        foreach (var group in described.AutoScalingGroups ?? [])
        {
            settings[$"group {group.AutoScalingGroupName}, sizes"] = $"{group.MinSize}/{group.DesiredCapacity}/{group.MaxSize}";
            settings[$"group {group.AutoScalingGroupName}, suspended"] = string.Join(",", (group.SuspendedProcesses ?? []).Select(process => process.ProcessName));
            settings[$"group {group.AutoScalingGroupName}, members"] = string.Join(",", (group.Instances ?? []).Select(instance => instance.InstanceId).Order(StringComparer.Ordinal));
        }
    }

    private static async Task WorkloadsAsync(DrillAccount account, string region, IDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var aws = account.Administrator.Aws;
        var services = await aws.Ecs(region).DescribeServicesAsync(
            new DescribeServicesRequest { Cluster = InnocentWorkloads.Cluster, Services = [InnocentWorkloads.Service] }, cancellationToken);
        foreach (var service in services.Services ?? [])
            settings[$"service {service.ServiceName}"] = $"{service.Status}, {service.RunningCount} of {service.DesiredCount} running, {service.TaskDefinition}";
        var tasks = await aws.Ecs(region).ListTasksAsync(new ListTasksRequest { Cluster = InnocentWorkloads.Cluster }, cancellationToken);
        settings[$"cluster {InnocentWorkloads.Cluster}, tasks"] = string.Join(",", (tasks.TaskArns ?? []).Order(StringComparer.Ordinal));
        var policy = await aws.Lambda(region).GetPolicyAsync(new Amazon.Lambda.Model.GetPolicyRequest { FunctionName = InnocentWorkloads.Function }, cancellationToken);
        settings[$"function {InnocentWorkloads.Function}, policy"] = policy.Policy;
        var concurrency = await aws.Lambda(region).GetFunctionConcurrencyAsync(
            new GetFunctionConcurrencyRequest { FunctionName = InnocentWorkloads.Function }, cancellationToken);
        settings[$"function {InnocentWorkloads.Function}, reserved concurrency"] = concurrency.ReservedConcurrentExecutions?.ToString(CultureInfo.InvariantCulture) ?? "none";
        var roles = await aws.Iam(region).ListRolePoliciesAsync(new ListRolePoliciesRequest { RoleName = InnocentWorkloads.FunctionRole }, cancellationToken);
        settings[$"role {InnocentWorkloads.FunctionRole}, inline policies"] = string.Join(",", (roles.PolicyNames ?? []).Order(StringComparer.Ordinal));
    }
}
