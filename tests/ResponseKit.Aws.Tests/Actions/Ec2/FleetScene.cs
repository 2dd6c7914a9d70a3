using Amazon.EC2;
using Amazon.EC2.Model;
using ResponseKit.Resources;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Ec2;

/// <summary>Makes fleets and Spot requests, and looks at them and at all instances.</summary>
internal sealed class FleetScene(TestAccount account)
{
    private const string Template = "batch-worker";

    public InstanceScene Instances { get; } = new(account);

    public IAmazonEC2 Ec2 => Instances.Ec2;

    public ResourceRef Fleet(string id) => account.Resource(ResourceKind.Fleet, id, "us-east-1");

    public ResourceRef SpotFleet(string id) => account.Resource(ResourceKind.SpotFleet, id, "us-east-1");

    public ResourceRef SpotRequest(string id) => account.Resource(ResourceKind.SpotRequest, id, "us-east-1");

    public async Task<string> CreateAsync(FleetType type, int capacity = 2, bool spot = false, string? token = null)
    {
        if ((await Ec2.DescribeLaunchTemplatesAsync(new())).LaunchTemplates is not { Count: > 0 })
        {
            await Ec2.CreateLaunchTemplateAsync(new()
            {
                LaunchTemplateName = Template,
                LaunchTemplateData = new RequestLaunchTemplateData { ImageId = "ami-12c6146b", InstanceType = InstanceType.C5Large },
            });
        }

        var answer = await Ec2.CreateFleetAsync(new CreateFleetRequest
        {
            Type = type,
            ClientToken = token,
            LaunchTemplateConfigs =
            [
                new() { LaunchTemplateSpecification = new() { LaunchTemplateName = Template, Version = "1" } },
            ],
            TargetCapacitySpecification = new()
            {
                TotalTargetCapacity = capacity,
                DefaultTargetCapacityType = spot ? DefaultTargetCapacityType.Spot : DefaultTargetCapacityType.OnDemand,
            },
        });
        return answer.FleetId;
    }

    public async Task<string> RequestFleetAsync(int capacity = 2, string role = "fleet") => (await Ec2.RequestSpotFleetAsync(new RequestSpotFleetRequest
    {
        SpotFleetRequestConfig = new SpotFleetRequestConfigData
        {
            IamFleetRole = $"arn:aws:iam::{account.Id}:role/{role}",
            TargetCapacity = capacity,
            AllocationStrategy = AllocationStrategy.LowestPrice,
            SpotPrice = "1",
            LaunchSpecifications = [new() { ImageId = "ami-12c6146b", InstanceType = InstanceType.C5Large }],
        },
    })).SpotFleetRequestId;

    public async Task<IReadOnlyList<string>> RequestSpotAsync(int count = 1, bool persistent = true, string? token = null) =>
        [
            .. (await Ec2.RequestSpotInstancesAsync(new RequestSpotInstancesRequest
            {
                Type = persistent ? SpotInstanceType.Persistent : SpotInstanceType.OneTime,
                InstanceCount = count,
                SpotPrice = "1",
                ClientToken = token,
                LaunchSpecification = new LaunchSpecification { ImageId = "ami-12c6146b", InstanceType = InstanceType.C5Large },
            })).SpotInstanceRequests.Select(request => request.SpotInstanceRequestId),
        ];

    /// <summary>The ids of what runs, in order.</summary>
    public async Task<IReadOnlyList<string>> RunningAsync() =>
        [.. (await Instances.AllAsync()).Where(instance => instance.State.Name == InstanceStateName.Running).Select(instance => instance.InstanceId).Order(StringComparer.Ordinal)];

    public async Task<string> StateAsync(string fleet) => (await Ec2.DescribeFleetsAsync(new() { FleetIds = [fleet] })).Fleets.Single().FleetState.Value;

    public async Task<string> SpotStateAsync(string fleet) =>
        (await Ec2.DescribeSpotFleetRequestsAsync(new() { SpotFleetRequestIds = [fleet] })).SpotFleetRequestConfigs.Single().SpotFleetRequestState.Value;

    public async Task<string> RequestStateAsync(string request) =>
        (await Ec2.DescribeSpotInstanceRequestsAsync(new DescribeSpotInstanceRequestsRequest { SpotInstanceRequestIds = [request] })).SpotInstanceRequests.Single().State.Value;

    /// <summary>Every fleet, Spot fleet, Spot request and instance that there is, and those fleets that only show themselves when they are named.</summary>
    public async Task<string> SnapshotAsync(params string[] instant)
    {
        var fleets = (await Ec2.DescribeFleetsAsync(new())).Fleets ?? [];
        foreach (var id in instant)
            fleets.AddRange((await Ec2.DescribeFleetsAsync(new() { FleetIds = [id] })).Fleets);
        var spotFleets = (await Ec2.DescribeSpotFleetRequestsAsync(new())).SpotFleetRequestConfigs ?? [];
        return StateText.Of(new
        {
            fleets = fleets.OrderBy(fleet => fleet.FleetId, StringComparer.Ordinal).Select(fleet => new { fleet.FleetId, fleet.FleetState, fleet.TargetCapacitySpecification?.TotalTargetCapacity }),
            spotFleets = spotFleets.OrderBy(fleet => fleet.SpotFleetRequestId, StringComparer.Ordinal).Select(fleet => new { fleet.SpotFleetRequestId, fleet.SpotFleetRequestState }),
        }) + await Instances.SnapshotAsync();
    }
}
