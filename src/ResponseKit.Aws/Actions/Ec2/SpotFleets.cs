using System.Net;
using System.Text.Json.Nodes;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using ResponseKit.Aws.Execution;

namespace ResponseKit.Aws.Actions.Ec2;

/// <summary>
/// Spot fleets. EC2 ends their instances by the role that the request names, which may be denied everything by now; so they are ended by id, and the fleet is
/// only cancelled. Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/cancel-spot-fleet.html
/// </summary>
internal sealed class SpotFleets : IFleetKind
{
    private static readonly string[] Busy = [CancelBatchErrorCode.FleetRequestNotInCancellableState.Value];

    /// <inheritdoc/>
    public string Name => "Spot fleet";

    /// <inheritdoc/>
    public string EndCall => "ec2:CancelSpotFleetRequests";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MeansGone { get; } = [CancelBatchErrorCode.FleetRequestIdDoesNotExist.Value];

    /// <inheritdoc/>
    public Task<IReadOnlyList<FoundFleet>?> FindAsync(ActionRun run, CancellationToken cancellationToken) =>
        run.ReadAsync<IReadOnlyList<FoundFleet>>(
            "ec2:DescribeSpotFleetRequests", $"Spot fleet {run.Target.Name}", [],
            async token =>
            {
                var request = new DescribeSpotFleetRequestsRequest { SpotFleetRequestIds = [run.Target.Name] };
                return [.. (await run.Aws.Ec2(run.Region).Paginators.DescribeSpotFleetRequests(request).SpotFleetRequestConfigs.AllAsync(token)).Select(Found)];
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>?> LaunchedAsync(ActionRun run, FoundFleet fleet, CancellationToken cancellationToken) =>
        run.ReadAsync("ec2:DescribeSpotFleetInstances", $"instances of Spot fleet {fleet.Id}", [], token => ActiveAsync(run, fleet.Id, token), cancellationToken);

    /// <inheritdoc/>
    public async Task<AmazonWebServiceResponse> EndAsync(ActionRun run, FoundFleet fleet, CancellationToken cancellationToken)
    {
        var request = new CancelSpotFleetRequestsRequest { SpotFleetRequestIds = [fleet.Id], TerminateInstances = false };
        return await run.WhileAsync(
            Busy,
            async token =>
            {
                var answer = await run.Aws.Ec2(run.Region).CancelSpotFleetRequestsAsync(request, token);
                // The call succeeds although a fleet was not cancelled, and says so in the answer.
                return (answer.UnsuccessfulFleetRequests ?? []).Find(each => each.SpotFleetRequestId == fleet.Id)?.Error is { } error
                    ? throw new AmazonEC2Exception(error.Message, ErrorType.Sender, error.Code?.Value, answer.ResponseMetadata?.RequestId, HttpStatusCode.BadRequest)
                    : answer;
            },
            cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> ActiveAsync(ActionRun run, string id, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        var request = new DescribeSpotFleetInstancesRequest { SpotFleetRequestId = id };
        do
        {
            var page = await run.Aws.Ec2(run.Region).DescribeSpotFleetInstancesAsync(request, cancellationToken);
            ids.AddRange((page.ActiveInstances ?? []).Select(instance => instance.InstanceId));
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
        return ids;
    }

    private static FoundFleet Found(SpotFleetRequestConfig fleet)
    {
        var config = fleet.ConfigData;
        return new(
            fleet.SpotFleetRequestId, Time.Of(fleet.CreateTime), HasEnded(fleet.SpotFleetRequestState), TakesInstances: false,
            new JsonObject
            {
                ["type"] = config?.Type?.Value,
                ["state"] = fleet.SpotFleetRequestState?.Value,
                ["created"] = fleet.CreateTime,
                ["capacity"] = config?.TargetCapacity,
                ["onDemand"] = config?.OnDemandTargetCapacity,
                ["role"] = config?.IamFleetRole,
                ["launchTemplates"] = FleetEvidence.Templates((config?.LaunchTemplateConfigs ?? []).Select(each => each.LaunchTemplateSpecification)),
                ["types"] = FleetEvidence.Texts((config?.LaunchSpecifications ?? []).Select(each => each.InstanceType?.Value)),
                ["images"] = FleetEvidence.Texts((config?.LaunchSpecifications ?? []).Select(each => each.ImageId)),
            });
    }

    private static bool HasEnded(BatchState? state) =>
        state == BatchState.Cancelled || state == BatchState.Cancelled_running || state == BatchState.Cancelled_terminating;
}
