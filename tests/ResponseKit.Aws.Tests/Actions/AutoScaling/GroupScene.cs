using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using ResponseKit.Resources;
using ResponseKit.Testing;
using LaunchTemplateSpecification = Amazon.AutoScaling.Model.LaunchTemplateSpecification;

namespace ResponseKit.Aws.Tests.Actions.AutoScaling;

/// <summary>Makes Auto Scaling groups and looks at them.</summary>
internal sealed class GroupScene(TestAccount account, string region = "us-east-1")
{
    private readonly IAmazonAutoScaling scaling = account.Admin.AutoScaling(region);
    private readonly IAmazonEC2 ec2 = account.Admin.Ec2(region);

    public IAmazonAutoScaling Scaling => scaling;

    public IAmazonEC2 Ec2 => ec2;

    public ResourceRef Target(string name) => account.Resource(ResourceKind.AutoScalingGroup, name, region);

    public async Task CreateAsync(string name, int size, bool terminationProtected = false, Action<CreateAutoScalingGroupRequest>? with = null)
    {
        var template = "template of " + Math.Abs(name.GetHashCode(StringComparison.Ordinal));
        await ec2.CreateLaunchTemplateAsync(new CreateLaunchTemplateRequest
        {
            LaunchTemplateName = template,
            LaunchTemplateData = new RequestLaunchTemplateData { ImageId = "ami-12c6146b", InstanceType = InstanceType.C5Large, DisableApiTermination = terminationProtected },
        });
        var request = new CreateAutoScalingGroupRequest
        {
            AutoScalingGroupName = name,
            MinSize = size,
            MaxSize = size * 2,
            DesiredCapacity = size,
            AvailabilityZones = ["us-east-1a"],
            LaunchTemplate = new LaunchTemplateSpecification { LaunchTemplateName = template, Version = "$Latest" },
        };
        with?.Invoke(request);
        await scaling.CreateAutoScalingGroupAsync(request);
    }

    public async Task<AutoScalingGroup?> FindAsync(string name) =>
        ((await scaling.DescribeAutoScalingGroupsAsync(new DescribeAutoScalingGroupsRequest { AutoScalingGroupNames = [name] })).AutoScalingGroups ?? []).SingleOrDefault();

    public async Task<AutoScalingGroup> GetAsync(string name) => await FindAsync(name) ?? throw new InvalidOperationException($"There is no group {name}.");

    public async Task<int> RunningInstancesAsync() =>
        ((await ec2.DescribeInstancesAsync(new())).Reservations ?? []).SelectMany(reservation => reservation.Instances).Count(instance => instance.State.Name == InstanceStateName.Running);

    /// <summary>The ids of what runs.</summary>
    public async Task<string[]> RunningIdsAsync() =>
    [
        .. ((await ec2.DescribeInstancesAsync(new())).Reservations ?? []).SelectMany(reservation => reservation.Instances)
            .Where(instance => instance.State.Name == InstanceStateName.Running).Select(instance => instance.InstanceId),
    ];

    /// <summary>Launches a server of somebody else's, and attaches it to a group.</summary>
    public async Task<string> AttachServerAsync(string group)
    {
        var server = (await ec2.RunInstancesAsync(new() { ImageId = "ami-12c6146b", MinCount = 1, MaxCount = 1 })).Reservation.Instances[0].InstanceId;
        await scaling.AttachInstancesAsync(new() { AutoScalingGroupName = group, InstanceIds = [server] });
        return server;
    }

    /// <summary>All groups with everything that an action may change; members only by number and protection, as new ones get new ids.</summary>
    public async Task<string> SnapshotAsync()
    {
        var groups = (await scaling.DescribeAutoScalingGroupsAsync(new DescribeAutoScalingGroupsRequest())).AutoScalingGroups ?? [];
        var all = new List<object>();
        foreach (var group in groups.OrderBy(group => group.AutoScalingGroupName, StringComparer.Ordinal))
        {
            var name = group.AutoScalingGroupName;
            var hooks = (await scaling.DescribeLifecycleHooksAsync(new() { AutoScalingGroupName = name })).LifecycleHooks ?? [];
            var scheduled = (await scaling.DescribeScheduledActionsAsync(new DescribeScheduledActionsRequest { AutoScalingGroupName = name })).ScheduledUpdateGroupActions ?? [];
            all.Add(new
            {
                name,
                group.MinSize,
                group.MaxSize,
                group.DesiredCapacity,
                group.NewInstancesProtectedFromScaleIn,
                group.DeletionProtection,
                group.InstanceLifecyclePolicy,
                group.WarmPoolConfiguration,
                Suspended = (group.SuspendedProcesses ?? []).Select(process => process.ProcessName).Order(StringComparer.Ordinal),
                Members = (group.Instances ?? []).Count,
                Hooks = hooks.OrderBy(hook => hook.LifecycleHookName, StringComparer.Ordinal),
                Scheduled = scheduled.OrderBy(action => action.ScheduledActionName, StringComparer.Ordinal)
                    .Select(action => new { action.ScheduledActionName, action.Recurrence, action.MinSize, action.MaxSize, action.DesiredCapacity }),
            });
        }

        return StateText.Of(all);
    }
}
