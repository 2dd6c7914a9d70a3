using System.Text.Json.Nodes;
using Amazon.EC2;
using Amazon.EC2.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Ec2;

/// <summary>
/// Persistent Spot requests launch again what is terminated. Cancelling a request leaves its instance running, so it comes first.
/// Source: EC2 User Guide, "Cancel a Spot Instance request".
/// </summary>
internal static class SpotRequests
{
    private const int PerCall = 200;

    /// <summary>Cancels the persistent requests behind instances that are not cancelled yet.</summary>
    public static async Task CancelAsync(ActionRun run, IEnumerable<Instance> instances, CancellationToken cancellationToken)
    {
        var ids = instances.Select(instance => instance.SpotInstanceRequestId).Where(id => !string.IsNullOrEmpty(id));
        var persistent = new List<BatchItem>();
        foreach (var some in ids.Distinct(StringComparer.Ordinal).Chunk(PerCall))
        {
            var spots = await ReadAsync(run, some, cancellationToken) ?? [];
            persistent.AddRange(spots.Where(IsPersistent).Select(spot => new BatchItem(spot.SpotInstanceRequestId, Step(spot))));
        }

        await CancelAsync(run, persistent, cancellationToken);
    }

    /// <summary>Cancels requests.</summary>
    public static async Task CancelAsync(ActionRun run, IReadOnlyList<BatchItem> requests, CancellationToken cancellationToken)
    {
        var cancel = new BatchCall<CancelSpotInstanceRequestsResponse>(
            run,
            PerCall,
            (some, token) => run.Aws.Ec2(run.Region).CancelSpotInstanceRequestsAsync(new() { SpotInstanceRequestIds = [.. some] }, token));
        await cancel.RunAsync(requests, cancellationToken);
    }

    /// <summary>Those of up to 200 requests that exist; null when they could not be read, which is recorded.</summary>
    public static Task<IReadOnlyList<SpotInstanceRequest>?> ReadAsync(ActionRun run, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var request = new DescribeSpotInstanceRequestsRequest { Filters = [new Filter { Name = "spot-instance-request-id", Values = [.. ids] }] };
        return run.ReadAsync<IReadOnlyList<SpotInstanceRequest>>(
            "ec2:DescribeSpotInstanceRequests", $"Spot request {ids[0]} and {ids.Count - 1} others", [],
            token => run.Aws.Ec2(run.Region).Paginators.DescribeSpotInstanceRequests(request).SpotInstanceRequests.AllAsync(token), cancellationToken);
    }

    /// <summary>Whether it may still launch something.</summary>
    public static bool IsLive(SpotInstanceRequest spot) =>
        spot.State == SpotInstanceState.Open || spot.State == SpotInstanceState.Active || spot.State == SpotInstanceState.Disabled;

    private static bool IsPersistent(SpotInstanceRequest spot) => spot.Type == SpotInstanceType.Persistent && IsLive(spot);

    private static Step Step(SpotInstanceRequest spot) => new(
        $"spot-request/{spot.SpotInstanceRequestId}",
        "ec2:CancelSpotInstanceRequests",
        spot.SpotInstanceRequestId,
        $"Cancel persistent Spot request {spot.SpotInstanceRequestId}, which would launch {spot.InstanceId ?? "its instance"} again")
    {
        Before = new JsonObject { ["state"] = spot.State?.Value, ["instance"] = spot.InstanceId, ["price"] = spot.SpotPrice },
        MeansInPlace = ["InvalidSpotInstanceRequestID.NotFound"],
    };
}
