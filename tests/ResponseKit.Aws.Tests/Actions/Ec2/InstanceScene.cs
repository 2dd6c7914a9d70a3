using Amazon.EC2;
using Amazon.EC2.Model;
using ResponseKit.Resources;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Ec2;

/// <summary>Makes instances and looks at them.</summary>
internal sealed class InstanceScene(TestAccount account, string region = "us-east-1")
{
    public const string FirstZone = "us-east-1a";
    public const string SecondZone = "us-east-1b";

    private readonly IAmazonEC2 ec2 = account.Admin.Ec2(region);

    public IAmazonEC2 Ec2 => ec2;

    public ResourceRef Target(string id) => account.Resource(ResourceKind.Instance, id, region);

    public async Task<IReadOnlyList<string>> LaunchAsync(int count = 1, string zone = FirstZone, Action<RunInstancesRequest>? with = null)
    {
        var request = new RunInstancesRequest
        {
            ImageId = "ami-12c6146b",
            InstanceType = InstanceType.C5Large,
            MinCount = count,
            MaxCount = count,
            Placement = new Placement { AvailabilityZone = zone },
        };
        with?.Invoke(request);
        return [.. (await ec2.RunInstancesAsync(request)).Reservation.Instances.Select(instance => instance.InstanceId)];
    }

    public async Task<string> LaunchOneAsync(string zone = FirstZone, Action<RunInstancesRequest>? with = null) => (await LaunchAsync(1, zone, with))[0];

    public async Task ProtectAsync(string id, bool termination = true, bool stop = false)
    {
        if (termination)
            await ec2.ModifyInstanceAttributeAsync(new ModifyInstanceAttributeRequest { InstanceId = id, DisableApiTermination = true });
        if (stop)
            await ec2.ModifyInstanceAttributeAsync(new ModifyInstanceAttributeRequest { InstanceId = id, DisableApiStop = true });
    }

    public async Task<(bool Termination, bool Stop)> ProtectionAsync(string id)
    {
        var termination = await ec2.DescribeInstanceAttributeAsync(new() { InstanceId = id, Attribute = InstanceAttributeName.DisableApiTermination });
        var stop = await ec2.DescribeInstanceAttributeAsync(new() { InstanceId = id, Attribute = InstanceAttributeName.DisableApiStop });
        return (termination.InstanceAttribute.DisableApiTermination == true, stop.InstanceAttribute.DisableApiStop == true);
    }

    public async Task<string> StateAsync(string id) => (await AllAsync()).Single(instance => instance.InstanceId == id).State.Name.Value;

    public async Task<IReadOnlyList<Instance>> AllAsync() =>
        [.. ((await ec2.DescribeInstancesAsync(new())).Reservations ?? []).SelectMany(reservation => reservation.Instances).OrderBy(instance => instance.InstanceId)];

    /// <summary>The state and the protection of every instance there is.</summary>
    public async Task<string> SnapshotAsync()
    {
        var states = new List<object>();
        foreach (var instance in await AllAsync())
        {
            var (termination, stop) = await ProtectionAsync(instance.InstanceId);
            states.Add(new { instance.InstanceId, instance.State.Name, termination, stop });
        }

        var spot = (await ec2.DescribeSpotInstanceRequestsAsync(new())).SpotInstanceRequests ?? [];
        return StateText.Of(new { states, spot = spot.OrderBy(request => request.SpotInstanceRequestId).Select(request => new { request.SpotInstanceRequestId, request.State, request.InstanceId }) });
    }
}
