using Amazon.EC2;
using Amazon.EC2.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Ec2;

/// <summary>Terminates instances in batches of one Availability Zone, and takes off the protection that it meets on the way.</summary>
internal sealed class Terminator(ActionRun run)
{
    // The API takes 1,000 ids and advises fewer (Amazon EC2 API Reference, TerminateInstances). One call also spends from a bucket of
    // 1,000 instances that is refilled by 20 a second, which the account's own users share.
    private const int PerCall = 200;
    private static readonly TimeSpan ForProtectionToClear = TimeSpan.FromSeconds(15);
    private readonly HashSet<string> released = new(StringComparer.Ordinal);

    /// <summary>Terminates, zone after zone; returns the ids that AWS accepted.</summary>
    public async Task<IReadOnlyList<string>> TerminateAsync(IEnumerable<(Instance Instance, Step Step)> targets, CancellationToken cancellationToken)
    {
        var batch = new BatchCall<TerminateInstancesResponse>(run, PerCall, TerminateOnceAsync);
        var accepted = new List<string>();
        // A protected instance saves the batch of its own zone only (Amazon EC2 API Reference, TerminateInstances): one zone a call.
        foreach (var zone in targets.GroupBy(target => target.Instance.Placement?.AvailabilityZone ?? "", StringComparer.Ordinal))
        {
            var done = await batch.RunAsync([.. zone.Select(target => new BatchItem(target.Instance.InstanceId, target.Step))], cancellationToken);
            accepted.AddRange(done.Select(item => item.Id));
        }

        return accepted;
    }

    private async Task<TerminateInstancesResponse> TerminateOnceAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        try
        {
            return await CallAsync(ids, cancellationToken);
        }
        catch (AmazonEC2Exception error) when (error.ErrorCode == "OperationNotPermitted" && ids.Any(id => !released.Contains(id)))
        {
            var looked = ids.Where(released.Add).ToList();
            var protections = await InstanceProtection.ReadAsync(run, looked, cancellationToken);
            if (await InstanceProtection.ReleaseAsync(run, protections, cancellationToken) == 0)
                throw;
        }

        // The attribute is eventually consistent: TerminateInstances may not see the change yet.
        // Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_ChangingDisableAPITermination.html
        return await run.WhileAsync(["OperationNotPermitted"], ForProtectionToClear, token => CallAsync(ids, token), cancellationToken);
    }

    private Task<TerminateInstancesResponse> CallAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        run.Aws.Ec2(run.Region).TerminateInstancesAsync(new() { InstanceIds = [.. ids] }, cancellationToken);
}
