using Amazon.EC2;
using Amazon.EC2.Model;
using ResponseKit.Aws.Actions.AutoScaling;
using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;

namespace ResponseKit.Aws.Actions.Ec2;

/// <summary>
/// Says of instances whether the actor launched them. LaunchTime starts anew at every start, and a root volume can be detached or replaced; the primary network
/// interface stays attached from the first launch on. Sources: EC2 User Guide, "Elastic network interfaces" (a primary interface cannot be detached) and
/// EC2 API Reference, Instance.
/// </summary>
internal sealed class InstanceOrigin
{
    private readonly Claim claim;
    private readonly Dictionary<string, IReadOnlyDictionary<string, DateTimeOffset>?> launches;

    private InstanceOrigin(Claim claim, Dictionary<string, IReadOnlyDictionary<string, DateTimeOffset>?> launches)
    {
        this.claim = claim;
        this.launches = launches;
    }

    /// <summary>Reads what judging the instances needs: what the actor's groups launched, where the request names groups.</summary>
    public static async Task<InstanceOrigin> ReadAsync(
        ActionRun run, Claim claim, IEnumerable<Instance> instances, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, IReadOnlyDictionary<string, DateTimeOffset>?>(StringComparer.Ordinal);
        if (!claim.Vouched && instances.Any() && (claim.Since ?? claim.Begins) is { } since)
        {
            // A group that the actor has deleted meanwhile is asked for, too: its instances may have been detached before.
            foreach (var group in claim.Groups)
                found[group] = await ScalingLaunches.ReadAsync(run, group, since - Authorship.Skew, deletedToo: true, cancellationToken);
        }

        return new InstanceOrigin(claim, found);
    }

    /// <summary>When the instance was launched first; null when it does not tell.</summary>
    public static DateTimeOffset? FirstLaunch(Instance instance)
    {
        var primary = (instance.NetworkInterfaces ?? []).Find(each => each.Attachment?.DeviceIndex == 0)?.Attachment?.AttachTime;
        var root = (instance.BlockDeviceMappings ?? []).Find(each => each.DeviceName == instance.RootDeviceName)?.Ebs?.AttachTime;
        // An instance whose root is its own disk cannot be stopped, so that its launch time is that of its only launch.
        var only = instance.RootDeviceType == DeviceType.InstanceStore ? instance.LaunchTime : null;
        if ((primary ?? root ?? only) is null)
            return null;
        IEnumerable<DateTime?> times =
        [
            primary, instance.LaunchTime, .. (instance.BlockDeviceMappings ?? []).Select(each => each.Ebs?.AttachTime),
            .. (instance.NetworkInterfaces ?? []).Select(each => each.Attachment?.AttachTime),
        ];
        return times.Select(Time.Of).Min();
    }

    /// <summary>Judges one instance.</summary>
    public Origin Of(Instance instance)
    {
        if (claim.Vouched)
            return Claim.Word;
        // Of what was only changed in the incident, or taken out of a group, the group that launched it decides.
        return claim.Groups.IsEmpty && (claim.Since is not null || claim.Begins is null)
            ? claim.OfTarget(FirstLaunch(instance), "launched")
            : OfGroups(instance);
    }

    private Origin OfGroups(Instance instance)
    {
        var byTime = claim.OfTime(FirstLaunch(instance), "launched");
        if (byTime is not Origin.Theirs)
            return byTime;
        foreach (var (group, launched) in launches)
        {
            if (launched?.TryGetValue(instance.InstanceId, out var at) == true)
                return new Origin.Theirs($"an activity of group {group} launched it {Authorship.Text(at)}");
        }

        return launches.Values.Any(launched => launched is null)
            ? new Origin.Unproven("the scaling activities, which tell what the actor's groups launched, could not be read")
            : new Origin.Unproven($"{byTime.Evidence}, but no record shows that the actor launched it, and no group of theirs did");
    }
}
