using Amazon.EC2;
using Amazon.EC2.Model;
using ResponseKit.Aws.Execution;

namespace ResponseKit.Aws.Actions.Ec2;

/// <summary>Reads instances, and says what they are.</summary>
internal static class Instances
{
    // Amazon EC2 API Reference, DescribeInstances: a filter takes up to 200 values.
    private const int PerCall = 200;

    /// <summary>
    /// The instances of those ids that exist, by id; null when they could not be read, which is recorded. Asked for by filter: named outright,
    /// one unknown id would fail the call for all. All pages are read before anything is changed.
    /// </summary>
    public static Task<Dictionary<string, Instance>?> ReadAsync(ActionRun run, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        run.ReadAsync("ec2:DescribeInstances", "the instances", [], token => AllAsync(run, ids, token), cancellationToken);

    /// <summary>The ids that the request names, each once.</summary>
    public static IReadOnlyList<string> Targets(ActionRun run) =>
        [.. run.Request.Targets.Select(target => target.Name).Distinct(StringComparer.Ordinal)];

    /// <summary>What a person should know of an instance that is not there: of those that have ended AWS tells for about an hour (EC2 User Guide, "Terminate instances").</summary>
    public static string NotThere(ActionRun run, string id) =>
        $"there is no instance {id} in account {run.Request.Account}, region {run.Region}. It ended long ago, or is elsewhere: check id and region if you expected it.";

    /// <summary>Whether it is terminated or about to be.</summary>
    public static bool IsEnding(Instance instance) =>
        instance.State?.Name == InstanceStateName.ShuttingDown || instance.State?.Name == InstanceStateName.Terminated;

    /// <summary>
    /// Whether another service manages it: its settings and life are that service's business. Source: EC2 User Guide, "Amazon EC2 managed instances".
    /// </summary>
    public static bool IsManaged(Instance instance) => instance.Operator?.Managed == true;

    /// <summary>Who manages it, for a person.</summary>
    public static string OwnerOf(Instance instance) => instance.Operator?.Principal ?? "another AWS service";

    /// <summary>Whether it is a Spot Instance. EC2 User Guide, "Enable termination protection": these cannot be protected.</summary>
    public static bool IsSpot(Instance instance) => instance.InstanceLifecycle == InstanceLifecycleType.Spot;

    /// <summary>The value of one of its tags, or null.</summary>
    public static string? TagOf(Instance instance, string key) => (instance.Tags ?? []).Find(tag => tag.Key == key)?.Value;

    private static async Task<Dictionary<string, Instance>> AllAsync(ActionRun run, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Instance>(StringComparer.Ordinal);
        foreach (var some in ids.Distinct(StringComparer.Ordinal).Chunk(PerCall))
        {
            var request = new DescribeInstancesRequest
            {
                Filters = [new Filter { Name = "instance-id", Values = [.. some] }],
                // Those that a service manages may be hidden otherwise, and would pass for terminated.
                IncludeManagedResources = true,
            };
            var pages = run.Aws.Ec2(run.Region).Paginators.DescribeInstances(request);
            await foreach (var reservation in pages.Reservations.WithCancellation(cancellationToken))
            {
                foreach (var instance in reservation.Instances ?? [])
                    found[instance.InstanceId] = instance;
            }
        }

        return found;
    }
}
