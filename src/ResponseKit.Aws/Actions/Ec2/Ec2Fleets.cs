using System.Net;
using System.Text.Json.Nodes;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using ResponseKit.Aws.Execution;

namespace ResponseKit.Aws.Actions.Ec2;

/// <summary>
/// EC2 fleets. One of the type instant launches once, and cannot be deleted without its instances.
/// Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/delete-fleet.html
/// </summary>
internal sealed class Ec2Fleets : IFleetKind
{
    private static readonly string[] Busy = [DeleteFleetErrorCode.FleetNotInDeletableState.Value];

    /// <inheritdoc/>
    public string Name => "EC2 fleet";

    /// <inheritdoc/>
    public string EndCall => "ec2:DeleteFleets";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MeansGone { get; } = [DeleteFleetErrorCode.FleetIdDoesNotExist.Value];

    /// <inheritdoc/>
    public Task<IReadOnlyList<FoundFleet>?> FindAsync(ActionRun run, CancellationToken cancellationToken) =>
        run.ReadAsync<IReadOnlyList<FoundFleet>>(
            "ec2:DescribeFleets", $"fleet {run.Target.Name}", [],
            async token => [.. (await AllAsync(run, run.Target.Name, token)).Select(Found)], cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>?> LaunchedAsync(ActionRun run, FoundFleet fleet, CancellationToken cancellationToken) => fleet.TakesInstances
        // EC2 API Reference, DescribeFleetInstances: it does not know the instances of fleets of the type instant, which DescribeFleets tells.
        ? run.ReadAsync<IReadOnlyList<string>>(
            "ec2:DescribeFleets", $"instances of fleet {fleet.Id}", [],
            async token => [.. (await AllAsync(run, fleet.Id, token)).SelectMany(each => each.Instances ?? []).SelectMany(launched => launched.InstanceIds ?? [])],
            cancellationToken)
        : run.ReadAsync("ec2:DescribeFleetInstances", $"instances of fleet {fleet.Id}", [], token => ActiveAsync(run, fleet.Id, token), cancellationToken);

    /// <inheritdoc/>
    public async Task<AmazonWebServiceResponse> EndAsync(ActionRun run, FoundFleet fleet, CancellationToken cancellationToken)
    {
        var request = new DeleteFleetsRequest { FleetIds = [fleet.Id], TerminateInstances = fleet.TakesInstances };
        // While its capacity is being changed a fleet cannot be deleted.
        return await run.WhileAsync(
            Busy,
            async token =>
            {
                var answer = await run.Aws.Ec2(run.Region).DeleteFleetsAsync(request, token);
                // The call succeeds although a fleet was not deleted, and says so in the answer.
                return (answer.UnsuccessfulFleetDeletions ?? []).Find(each => each.FleetId == fleet.Id)?.Error is { } error
                    ? throw new AmazonEC2Exception(error.Message, ErrorType.Sender, error.Code?.Value, answer.ResponseMetadata?.RequestId, HttpStatusCode.BadRequest)
                    : answer;
            },
            cancellationToken);
    }

    private static Task<IReadOnlyList<FleetData>> AllAsync(ActionRun run, string id, CancellationToken cancellationToken) =>
        run.Aws.Ec2(run.Region).Paginators.DescribeFleets(new() { FleetIds = [id] }).Fleets.AllAsync(cancellationToken);

    private static async Task<IReadOnlyList<string>> ActiveAsync(ActionRun run, string id, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        var request = new DescribeFleetInstancesRequest { FleetId = id };
        do
        {
            var page = await run.Aws.Ec2(run.Region).DescribeFleetInstancesAsync(request, cancellationToken);
            ids.AddRange((page.ActiveInstances ?? []).Select(instance => instance.InstanceId));
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
        return ids;
    }

    private static FoundFleet Found(FleetData fleet) => new(
        fleet.FleetId, Time.Of(fleet.CreateTime), HasEnded(fleet.FleetState), fleet.Type == FleetType.Instant,
        new JsonObject
        {
            ["type"] = fleet.Type?.Value,
            ["state"] = fleet.FleetState?.Value,
            ["created"] = fleet.CreateTime,
            ["capacity"] = fleet.TargetCapacitySpecification?.TotalTargetCapacity,
            ["onDemand"] = fleet.TargetCapacitySpecification?.OnDemandTargetCapacity,
            ["spot"] = fleet.TargetCapacitySpecification?.SpotTargetCapacity,
            ["launchTemplates"] = FleetEvidence.Templates((fleet.LaunchTemplateConfigs ?? []).Select(config => config.LaunchTemplateSpecification)),
            ["types"] = FleetEvidence.Texts((fleet.LaunchTemplateConfigs ?? []).SelectMany(config => config.Overrides ?? []).Select(each => each.InstanceType?.Value)),
        });

    private static bool HasEnded(FleetStateCode? state) =>
        state == FleetStateCode.Deleted || state == FleetStateCode.Deleted_running || state == FleetStateCode.Deleted_terminating;
}
