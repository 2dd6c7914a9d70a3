using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.Runtime;
using ResponseKit.Aws.Execution;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.AutoScaling;

/// <summary>Reads the Auto Scaling group that a run is about.</summary>
internal static class Groups
{
    /// <summary>Every writing call names a group, whose unique id no caller knows beforehand.</summary>
    public const string AnyGroup = "arn:{partition}:autoscaling:{region}:{account}:autoScalingGroup:*:autoScalingGroupName/*";

    /// <summary>Codes by which Auto Scaling says that something else is under way in the group and that the call may succeed later.</summary>
    public static readonly IReadOnlyCollection<string> BusyCodes = ["ScalingActivityInProgress", "ResourceContention", "ResourceInUse"];

    /// <summary>How long a call is repeated while the group is busy.</summary>
    public static readonly TimeSpan ForBusyGroup = TimeSpan.FromSeconds(60);

    /// <summary>Takes a step, making its call again and again while the group is busy.</summary>
    public static Task<StepResult<TResponse>> StepAsync<TResponse>(
        ActionRun run, Step step, Func<IAmazonAutoScaling, CancellationToken, Task<TResponse>> call, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse =>
        run.StepAsync(step, token => WhileBusyAsync(run, call, token), cancellationToken);

    /// <summary>Makes a call, again and again while the group is busy.</summary>
    public static Task<TResponse> WhileBusyAsync<TResponse>(
        ActionRun run, Func<IAmazonAutoScaling, CancellationToken, Task<TResponse>> call, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse =>
        run.WhileAsync(BusyCodes, ForBusyGroup, token => call(run.Aws.AutoScaling(run.Region), token), cancellationToken);

    /// <summary>
    /// The target with its members: none when there is no such group, or when it is being deleted with all its members; null when it could not
    /// be read, which is recorded.
    /// </summary>
    public static Task<IReadOnlyList<AutoScalingGroup>?> FindAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var request = new DescribeAutoScalingGroupsRequest { AutoScalingGroupNames = [run.Target.Name] };
        return ReadAsync(run, "DescribeAutoScalingGroups", "the group", FindAsync, cancellationToken);

        async Task<IReadOnlyList<AutoScalingGroup>> FindAsync(IAmazonAutoScaling client, CancellationToken token)
        {
            var groups = (await client.DescribeAutoScalingGroupsAsync(request, token)).AutoScalingGroups ?? [];
            // Amazon EC2 Auto Scaling API Reference, AutoScalingGroup: Status is only present while DeleteAutoScalingGroup is under way.
            return [.. groups.Where(group => group.AutoScalingGroupName == run.Target.Name && string.IsNullOrEmpty(group.Status))];
        }
    }

    /// <summary>Reads a part of the target; null when it could not be read, which is recorded and stops nothing.</summary>
    public static Task<IReadOnlyList<T>?> ReadAsync<T>(
        ActionRun run, string operation, string what, Func<IAmazonAutoScaling, CancellationToken, Task<IReadOnlyList<T>>> read,
        CancellationToken cancellationToken) =>
        run.ReadAsync("autoscaling:" + operation, what, [], token => read(run.Aws.AutoScaling(run.Region), token), cancellationToken);

    /// <summary>What a person should know of a target that is not there.</summary>
    public static string NotThere(ActionRun run) =>
        $"there is no group {run.Target.Name} in account {run.Request.Account}, region {run.Region}, or it is being deleted. Check name and region if you expected it.";

    /// <summary>A step on the target.</summary>
    public static Step Step(ActionRun run, string key, string operation, string summary) =>
        new(key, "autoscaling:" + operation, run.Target.Name, summary);

    /// <summary>The lifecycle hooks of the target.</summary>
    public static async Task<IReadOnlyList<LifecycleHook>> HooksAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var request = new DescribeLifecycleHooksRequest { AutoScalingGroupName = run.Target.Name };
        return await ReadAsync<LifecycleHook>(
            run, "DescribeLifecycleHooks", "lifecycle hooks",
            async (client, token) => (await client.DescribeLifecycleHooksAsync(request, token)).LifecycleHooks ?? [], cancellationToken) ?? [];
    }

    /// <summary>The scheduled actions of the target.</summary>
    public static async Task<IReadOnlyList<ScheduledUpdateGroupAction>> ScheduledAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var request = new DescribeScheduledActionsRequest { AutoScalingGroupName = run.Target.Name };
        return await ReadAsync(
            run, "DescribeScheduledActions", "scheduled actions",
            (client, token) => client.Paginators.DescribeScheduledActions(request).ScheduledUpdateGroupActions.AllAsync(token),
            cancellationToken) ?? [];
    }
}
