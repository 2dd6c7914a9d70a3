using System.Buffers;
using Amazon.AutoScaling.Model;
using ResponseKit.Aws.Execution;

namespace ResponseKit.Aws.Actions.AutoScaling;

/// <summary>
/// Which instances a group launched, by its scaling activities: membership tells nothing, for whoever may attach an instance makes it a member.
/// Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-detach-instances.html and
/// https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-verify-scaling-activity.html
/// </summary>
internal static class ScalingLaunches
{
    private static readonly string[] Beginnings = ["Launching a new EC2 instance: ", "Launching a new EC2 instance into warm pool: "];
    private static readonly SearchValues<char> OfIds = SearchValues.Create("i-0123456789abcdef");

    /// <summary>When the group launched which instance; null when it could not be read, which is recorded.</summary>
    /// <param name="run">The run.</param>
    /// <param name="group">The group's name.</param>
    /// <param name="since">Launches before it are those of another group, which bore the name earlier.</param>
    /// <param name="deletedToo">Whether the group may be deleted meanwhile.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<IReadOnlyDictionary<string, DateTimeOffset>?> ReadAsync(
        ActionRun run, string group, DateTimeOffset since, bool deletedToo, CancellationToken cancellationToken)
    {
        var request = new DescribeScalingActivitiesRequest { AutoScalingGroupName = group };
        if (deletedToo)
            request.IncludeDeletedGroups = true;
        return run.ReadAsync<IReadOnlyDictionary<string, DateTimeOffset>>(
            "autoscaling:DescribeScalingActivities", $"scaling activities of group {group}", new Dictionary<string, DateTimeOffset>(),
            token => ReadAsync(run, request, since, token), cancellationToken);
    }

    private static async Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadAsync(
        ActionRun run, DescribeScalingActivitiesRequest request, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var launches = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var pages = run.Aws.AutoScaling(run.Region).Paginators.DescribeScalingActivities(request).Activities;
        await foreach (var activity in pages.WithCancellation(cancellationToken))
        {
            if (Launched(activity.Description) is { } id && Time.Of(activity.StartTime) is { } start && start >= since)
                launches[id] = start;
        }

        return launches;
    }

    // An id ends with the first character that no id has; a description may go on behind it.
    private static string? Launched(string? description)
    {
        if (description is null || Array.Find(Beginnings, beginning => description.StartsWith(beginning, StringComparison.Ordinal)) is not { } begins)
            return null;
        var rest = description.AsSpan(begins.Length);
        var end = rest.IndexOfAnyExcept(OfIds);
        return (end < 0 ? rest : rest[..end]) is { IsEmpty: false } id ? id.ToString() : null;
    }
}
