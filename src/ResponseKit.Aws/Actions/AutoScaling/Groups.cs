using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.Runtime;
using ResponseKit.Aws.Execution;

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
        AwsErrors.RetryAsync(run, BusyCodes, ForBusyGroup, token => call(run.Aws.AutoScaling(run.Region), token), cancellationToken);

    /// <summary>The target with its members; null when there is no such group, or when it is being deleted with all its members.</summary>
    public static async Task<AutoScalingGroup?> FindAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var request = new DescribeAutoScalingGroupsRequest { AutoScalingGroupNames = [run.Target.Name] };
        var groups = (await run.Aws.AutoScaling(run.Region).DescribeAutoScalingGroupsAsync(request, cancellationToken)).AutoScalingGroups ?? [];
        var group = groups.Find(group => group.AutoScalingGroupName == run.Target.Name);
        // Amazon EC2 Auto Scaling API Reference, AutoScalingGroup: Status is only present while DeleteAutoScalingGroup is under way.
        return string.IsNullOrEmpty(group?.Status) ? group : null;
    }

    /// <summary>A step on the target.</summary>
    public static Step Step(ActionRun run, string key, string operation, string summary) => new(key, "autoscaling:" + operation, run.Target.Name, summary);

    /// <summary>The lifecycle hooks of the target.</summary>
    public static async Task<IReadOnlyList<LifecycleHook>> HooksAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var request = new DescribeLifecycleHooksRequest { AutoScalingGroupName = run.Target.Name };
        return (await run.Aws.AutoScaling(run.Region).DescribeLifecycleHooksAsync(request, cancellationToken)).LifecycleHooks ?? [];
    }

    /// <summary>The scheduled actions of the target.</summary>
    public static async Task<IReadOnlyList<ScheduledUpdateGroupAction>> ScheduledAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var actions = new List<ScheduledUpdateGroupAction>();
        var request = new DescribeScheduledActionsRequest { AutoScalingGroupName = run.Target.Name };
        var pages = run.Aws.AutoScaling(run.Region).Paginators.DescribeScheduledActions(request);
        await foreach (var action in pages.ScheduledUpdateGroupActions.WithCancellation(cancellationToken))
            actions.Add(action);
        return actions;
    }
}
