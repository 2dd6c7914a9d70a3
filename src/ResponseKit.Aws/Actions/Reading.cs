using Amazon.Runtime;
using ResponseKit.Aws.Execution;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions;

/// <summary>Reads that must not stop an action: what cannot be read is reported, and the rest goes on.</summary>
internal static class Reading
{
    private static readonly string[] MeansGone =
    [
        "NoSuchEntity", "ResourceNotFoundException", "NotSupportedService", "InvalidInstanceID.NotFound", "ClusterNotFoundException", "InvalidFleetId.NotFound",
        "InvalidSpotFleetRequestId.NotFound",
    ];

    /// <summary>Reads. A thing that does not exist reads as <paramref name="ifGone"/>; a read that fails is recorded and gives null.</summary>
    /// <param name="run">The run.</param>
    /// <param name="call">The API call in IAM's spelling.</param>
    /// <param name="what">What is read, as a person would name it.</param>
    /// <param name="ifGone">Stands for what does not exist, or a service that the partition lacks.</param>
    /// <param name="read">Makes the call.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<T?> ReadAsync<T>(
        this ActionRun run, string call, string what, T ifGone, Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        var step = new Step($"read/{call}/{what}", call, what, $"Read {what}");
        try
        {
            var found = await read(cancellationToken);
            // The failure of an earlier run must not stay in the receipt once the read succeeds.
            if (run.Steps.Any(noted => noted.Key == step.Key))
                run.AlreadyInPlace(step);
            return found;
        }
        catch (AmazonServiceException error) when (MeansGone.Contains(error.ErrorCode))
        {
            return ifGone;
        }
        catch (AmazonServiceException error)
        {
            run.Broken(step, error.ErrorCode ?? error.StatusCode.ToString(), error.Message);
            return null;
        }
        catch (Exception error) when (ActionRun.IsNoAnswer(error, cancellationToken))
        {
            run.Broken(step, ActionRun.NoAnswer, error.Message);
            return null;
        }
    }

    /// <summary>Everything that a paginator gives.</summary>
    public static async Task<IReadOnlyList<T>> AllAsync<T>(this IPaginatedEnumerable<T> pages, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        await foreach (var item in pages.WithCancellation(cancellationToken))
            all.Add(item);
        return all;
    }
}
