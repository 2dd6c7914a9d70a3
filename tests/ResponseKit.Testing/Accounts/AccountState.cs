using System.Collections.Immutable;
using Amazon.AutoScaling.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.ECS.Model;
using Amazon.IdentityManagement.Model;
using Amazon.Lambda.Model;
using ResponseKit.Aws.Accounts;
using ResponseKit.Testing.Commands;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Testing.Accounts;

/// <summary>
/// All that an account has in a region, and its identities: what each thing is, as the account itself says when asked. To show that a response left everything
/// else alone, take it before and after.
/// </summary>
public sealed class AccountState
{
    private readonly SortedDictionary<string, string> things = new(StringComparer.Ordinal);

    private AccountState()
    {
    }

    /// <summary>Asks the account.</summary>
    public static async Task<AccountState> TakeAsync(EmulatorFixture emulator, TestAccount account, string region)
    {
        var state = new AccountState();
        await state.IdentitiesAsync(emulator, account);
        await state.InstancesAsync(account.Admin, region);
        await state.GroupsAsync(account.Admin, region);
        await state.ClustersAsync(account.Admin.Ecs(region));
        await state.FunctionsAsync(account.Admin, region);
        return state;
    }

    /// <summary>How many things there are.</summary>
    public int Count => things.Count;

    /// <summary>What differs from an earlier state, one line a thing.</summary>
    public ImmutableArray<string> Since(AccountState before) =>
    [
        .. things.Keys.Union(before.things.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(key => things.GetValueOrDefault(key) != before.things.GetValueOrDefault(key)),
    ];

    private async Task IdentitiesAsync(EmulatorFixture emulator, TestAccount account)
    {
        const string ask = "aws iam get-account-authorization-details --filter User Role Group LocalManagedPolicy";
        var answer = (await AwsCommands.RunAsync([ask], emulator, account)).Single();
        var details = answer.Answer ?? throw new InvalidOperationException(answer.Problem ?? answer.Error);
        foreach (var (list, name) in new[] { ("UserDetailList", "UserName"), ("RoleDetailList", "RoleName"), ("GroupDetailList", "GroupName"), ("Policies", "PolicyName") })
        {
            foreach (var thing in details.GetProperty(list).EnumerateArray())
            {
                // That a role was used is no change of it.
                var kept = thing.EnumerateObject().Where(member => member.Name != "RoleLastUsed").Select(member => member.ToString());
                things[$"{name[..^4].ToLowerInvariant()} {thing.GetProperty(name)}"] = string.Join('\n', kept);
            }
        }

        foreach (var user in details.GetProperty("UserDetailList").EnumerateArray().Select(user => user.GetProperty("UserName").GetString()))
            things["user " + user] += StateText.Of((await account.Admin.Iam("us-east-1").ListAccessKeysAsync(new ListAccessKeysRequest { UserName = user })).AccessKeyMetadata);
    }

    private async Task InstancesAsync(AwsClients aws, string region)
    {
        var ec2 = aws.Ec2(region);
        foreach (var instance in ((await ec2.DescribeInstancesAsync(new DescribeInstancesRequest())).Reservations ?? []).SelectMany(reservation => reservation.Instances))
        {
            var protection = await ec2.DescribeInstanceAttributeAsync(new DescribeInstanceAttributeRequest
            {
                InstanceId = instance.InstanceId,
                Attribute = InstanceAttributeName.DisableApiTermination,
            });
            things["instance " + instance.InstanceId] = $"{instance.State.Name} {instance.ImageId} {protection.InstanceAttribute.DisableApiTermination}"
                + StateText.Of(instance.SecurityGroups) + StateText.Of(instance.IamInstanceProfile) + StateText.Of(instance.Tags);
        }

        foreach (var template in (await ec2.DescribeLaunchTemplatesAsync(new DescribeLaunchTemplatesRequest())).LaunchTemplates ?? [])
            things["launch template " + template.LaunchTemplateName] = StateText.Of(template);
    }

    private async Task GroupsAsync(AwsClients aws, string region)
    {
        foreach (var group in (await aws.AutoScaling(region).DescribeAutoScalingGroupsAsync(new DescribeAutoScalingGroupsRequest())).AutoScalingGroups ?? [])
            things["Auto Scaling group " + group.AutoScalingGroupName] = StateText.Of(group);
    }

    private async Task ClustersAsync(Amazon.ECS.IAmazonECS ecs)
    {
        var clusters = (await ecs.ListClustersAsync(new ListClustersRequest())).ClusterArns ?? [];
        foreach (var cluster in clusters)
        {
            things["cluster " + cluster] = StateText.Of((await ecs.DescribeClustersAsync(new DescribeClustersRequest { Clusters = [cluster] })).Clusters);
            if ((await ecs.ListServicesAsync(new ListServicesRequest { Cluster = cluster })).ServiceArns is { Count: > 0 } services)
            {
                foreach (var service in (await ecs.DescribeServicesAsync(new DescribeServicesRequest { Cluster = cluster, Services = services })).Services)
                    things["service " + service.ServiceArn] = $"{service.Status} {service.DesiredCount} {service.TaskDefinition}";
            }

            if ((await ecs.ListTasksAsync(new ListTasksRequest { Cluster = cluster })).TaskArns is { Count: > 0 } tasks)
            {
                foreach (var task in (await ecs.DescribeTasksAsync(new DescribeTasksRequest { Cluster = cluster, Tasks = tasks })).Tasks)
                    things["task " + task.TaskArn] = $"{task.DesiredStatus} {task.TaskDefinitionArn}";
            }
        }

        foreach (var definition in (await ecs.ListTaskDefinitionsAsync(new ListTaskDefinitionsRequest())).TaskDefinitionArns ?? [])
            things["task definition " + definition] = "ACTIVE";
    }

    private async Task FunctionsAsync(AwsClients aws, string region)
    {
        var lambda = aws.Lambda(region);
        foreach (var function in (await lambda.ListFunctionsAsync(new ListFunctionsRequest())).Functions ?? [])
        {
            things["function " + function.FunctionName] = StateText.Of(function)
                + StateText.Of((await lambda.GetFunctionConcurrencyAsync(new GetFunctionConcurrencyRequest { FunctionName = function.FunctionName })).ReservedConcurrentExecutions);
        }
    }
}
