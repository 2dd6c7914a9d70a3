using System.Collections.Immutable;
using Amazon.AutoScaling.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Accounts;
using ResponseKit.Testing;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Functions.Tests.Reliability;

/// <summary>
/// The campaign of November 2025 in little, in one account: a stolen key probes, makes a way back in, and mines with a cluster and a group. It also makes
/// a user whose name a guard protects; and others work in the account.
/// </summary>
/// <param name="account">The account.</param>
internal sealed class SmallCampaign(TestAccount account)
{
    public const string Region = "us-east-1";
    public const string Stolen = "ci-deploy";
    public const string BackDoor = "user-7";
    public const string BackDoorRole = "OrganizationSupport-7";
    public const string Cluster = "k7x7";
    public const string Group = "SPOT-us-east-1-G7";
    public const string Protected = "break-glass-2";
    private const string Innocent = "alice";
    private const string InnocentCluster = "shop";
    private const string InnocentGroup = "web";
    private const string Everything = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";

    /// <summary>Makes what is there before, and returns the key that will be stolen.</summary>
    public async Task<AccessKey> PrepareAsync()
    {
        var aws = account.Admin;
        await UserAsync(Innocent);
        await ServeAsync(aws.Ecs(Region), InnocentCluster, 1);
        await GroupAsync(aws, InnocentGroup, 1, isProtected: false);
        return await UserAsync(Stolen);
    }

    /// <summary>Does what thieves do.</summary>
    public async Task AttackAsync(AccessKey key)
    {
        using var thief = account.ClientsAs(key.AccessKeyId, key.SecretAccessKey);
        var iam = thief.Iam(Region);
        foreach (var type in new[] { "g4dn.12xlarge", "p4d.24xlarge", "g5.48xlarge" })
        {
            var launch = new RunInstancesRequest { ImageId = "ami-0abcdef1234567890", InstanceType = type, MinCount = 1, MaxCount = 1, DryRun = true };
            await Assert.ThrowsAsync<AmazonEC2Exception>(() => thief.Ec2(Region).RunInstancesAsync(launch));
        }

        await iam.CreateUserAsync(new CreateUserRequest { UserName = BackDoor });
        await iam.AttachUserPolicyAsync(new AttachUserPolicyRequest { UserName = BackDoor, PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess" });
        await iam.CreateLoginProfileAsync(new CreateLoginProfileRequest { UserName = BackDoor, Password = "Example-Only-7-Words" });
        await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = BackDoor });
        await iam.CreateUserAsync(new CreateUserRequest { UserName = Protected });
        await iam.AttachUserPolicyAsync(new AttachUserPolicyRequest { UserName = Protected, PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess" });
        var trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"sts:AssumeRole"}]}""";
        await iam.CreateRoleAsync(new CreateRoleRequest { RoleName = BackDoorRole, AssumeRolePolicyDocument = trust });
        await ServeAsync(thief.Ecs(Region), Cluster, 2);
        await GroupAsync(thief, Group, 2, isProtected: true);
    }

    /// <summary>All of the account that a response may change, a line each under the name of what it is about; without ids, which differ from run to run.</summary>
    public async Task<ImmutableSortedDictionary<string, string>> StateAsync()
    {
        var state = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var iam = account.Admin.Iam(Region);
        foreach (var user in new[] { Innocent, Protected, Stolen, BackDoor })
        {
            var keys = (await iam.ListAccessKeysAsync(new ListAccessKeysRequest { UserName = user })).AccessKeyMetadata ?? [];
            var attached = (await iam.ListAttachedUserPoliciesAsync(new ListAttachedUserPoliciesRequest { UserName = user })).AttachedPolicies ?? [];
            var inline = (await iam.ListUserPoliciesAsync(new ListUserPoliciesRequest { UserName = user })).PolicyNames ?? [];
            state[user] = $"keys {Join(keys.Select(each => each.Status.Value))}; {Policies(attached.Select(each => each.PolicyName).Concat(inline))}; password {await HasPasswordAsync(user)}";
        }

        var role = (await iam.ListAttachedRolePoliciesAsync(new ListAttachedRolePoliciesRequest { RoleName = BackDoorRole })).AttachedPolicies ?? [];
        var own = (await iam.ListRolePoliciesAsync(new ListRolePoliciesRequest { RoleName = BackDoorRole })).PolicyNames ?? [];
        state[BackDoorRole] = Policies(role.Select(each => each.PolicyName).Concat(own));
        var clusters = await account.Admin.Ecs(Region).DescribeClustersAsync(new DescribeClustersRequest { Clusters = [InnocentCluster, Cluster] });
        foreach (var cluster in clusters.Clusters ?? [])
            state[cluster.ClusterName] = $"{cluster.Status}, {cluster.ActiveServicesCount} services, {cluster.RunningTasksCount} tasks";
        var groups = await account.Admin.AutoScaling(Region).DescribeAutoScalingGroupsAsync(new DescribeAutoScalingGroupsRequest());
        foreach (var group in groups.AutoScalingGroups ?? [])
            state[group.AutoScalingGroupName] = $"{group.MinSize} to {group.MaxSize}, {group.Instances?.Count ?? 0} members, {group.SuspendedProcesses?.Count ?? 0} suspended";
        return state.ToImmutable();
    }

    /// <summary>Whether what a line of the state is about is nobody's to touch.</summary>
    public static bool IsInnocent(string name) => name is Innocent or InnocentCluster or InnocentGroup or Protected;

    // A deny or brake that AWS refuses in one form is put in another, or in both where it is not known whether the first one stands.
    private static string Policies(IEnumerable<string> names) => Join(names.Select(name =>
        name is "AWSDenyAll" or "ResponseKitQuarantine" ? "(deny)" : name.StartsWith("ResponseKitBrake", StringComparison.Ordinal) ? "(brake)" : name).Distinct(StringComparer.Ordinal));

    private static string Join(IEnumerable<string> parts) => string.Join(' ', parts.Order(StringComparer.Ordinal));

    private async Task<AccessKey> UserAsync(string name)
    {
        var iam = account.Admin.Iam(Region);
        await iam.CreateUserAsync(new CreateUserRequest { UserName = name });
        await iam.PutUserPolicyAsync(new PutUserPolicyRequest { UserName = name, PolicyName = "own", PolicyDocument = Everything });
        return (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = name })).AccessKey;
    }

    private async Task<bool> HasPasswordAsync(string user)
    {
        try
        {
            await account.Admin.Iam(Region).GetLoginProfileAsync(new GetLoginProfileRequest { UserName = user });
            return true;
        }
        catch (NoSuchEntityException)
        {
            return false;
        }
    }

    private async Task ServeAsync(IAmazonECS ecs, string cluster, int count)
    {
        await ecs.CreateClusterAsync(new CreateClusterRequest { ClusterName = cluster });
        var definition = await ecs.RegisterTaskDefinitionAsync(new RegisterTaskDefinitionRequest
        {
            Family = cluster,
            NetworkMode = NetworkMode.Awsvpc,
            Cpu = "16384",
            Memory = "32768",
            RequiresCompatibilities = ["FARGATE"],
            ContainerDefinitions = [new() { Name = cluster, Image = $"example/{cluster}:latest", Essential = true }],
        });
        var subnets = (await account.Admin.Ec2(Region).DescribeSubnetsAsync(new DescribeSubnetsRequest())).Subnets;
        await ecs.CreateServiceAsync(new CreateServiceRequest
        {
            Cluster = cluster,
            ServiceName = cluster,
            TaskDefinition = definition.TaskDefinition.TaskDefinitionArn,
            LaunchType = LaunchType.FARGATE,
            DesiredCount = count,
            NetworkConfiguration = new() { AwsvpcConfiguration = new() { Subnets = [subnets[0].SubnetId] } },
        });
    }

    private static async Task GroupAsync(AwsClients aws, string name, int size, bool isProtected)
    {
        await aws.Ec2(Region).CreateLaunchTemplateAsync(new CreateLaunchTemplateRequest
        {
            LaunchTemplateName = "lt-" + name,
            LaunchTemplateData = new() { ImageId = "ami-0abcdef1234567890", InstanceType = InstanceType.G4dn12xlarge, DisableApiTermination = isProtected },
        });
        await aws.AutoScaling(Region).CreateAutoScalingGroupAsync(new CreateAutoScalingGroupRequest
        {
            AutoScalingGroupName = name,
            LaunchTemplate = new() { LaunchTemplateName = "lt-" + name },
            MinSize = size,
            MaxSize = 999,
            AvailabilityZones = ["us-east-1a"],
            NewInstancesProtectedFromScaleIn = isProtected,
        });
    }
}
