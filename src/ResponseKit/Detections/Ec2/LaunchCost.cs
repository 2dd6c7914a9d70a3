using System.Globalization;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>Why a launch is remarkable: its hardware, its size, its number.</summary>
/// <param name="Weight">What a launch that took effect weighs.</param>
/// <param name="Description">What was asked for and why that is remarkable, for a sentence.</param>
internal sealed record LaunchCost(int Weight, string Description)
{
    private const int AcceleratedWeight = 25;
    private const int LargeWeight = 20;
    private const int ManyWeight = 15;
    private const int VeryManyWeight = 20;

    /// <summary>Judges an order; null when nothing about it is remarkable.</summary>
    public static LaunchCost? Of(LaunchOrder order, DetectionSettings settings)
    {
        var named = order.Types.Length > 0;
        if (named && order.Types.All(type => InstanceTypes.IsApproved(type, settings)))
            return null;

        // A fleet's types are alternatives. Karpenter lists dozens and takes the cheapest, so only an order that leaves
        // no modest choice is remarkable for its hardware.
        var accelerated = named && order.Types.All(InstanceTypes.IsAccelerated);
        var large = named && order.Types.All(type => InstanceTypes.IsMetal(type) || InstanceTypes.Vcpus(type) >= settings.LaunchVcpus);
        var many = order.Count >= settings.LaunchCount;
        if (!accelerated && !large && !many)
            return null;

        var hardware = accelerated ? AcceleratedWeight : large ? LargeWeight : 0;
        var number = !many ? 0 : order.Count >= 5L * settings.LaunchCount ? VeryManyWeight : ManyWeight;
        return new LaunchCost(hardware + number, Describe(order, accelerated, large));
    }

    /// <summary>
    /// The finding for a launching call. A launch that ran into a quota shows what was wanted nearly as well as a success;
    /// other failures are mostly mistakes. Dry runs and refusals make nothing: <see cref="LaunchDryRun"/> and
    /// <see cref="LaunchRefused"/> speak of them, so that one call is not evidence of two kinds.
    /// </summary>
    public Finding? Finding(CloudTrailRecord record, LaunchOrder order, string did, string todo)
    {
        var isTurnedAway = LaunchObstacle.Of(record.Outcome) is not null;
        return new Attempt(Weight, Failed: isTurnedAway ? Weight / 2 : Weight / 5).Finding(record, did, todo, Description)
            ?.With("instanceType", order.Types.Length == 0 ? null : string.Join(", ", order.Types))
            .With("count", order.Count.ToString(CultureInfo.InvariantCulture));
    }

    private static string Describe(LaunchOrder order, bool accelerated, bool large)
    {
        var types = order.Types.Length == 0 ? "" : Plain.Names(order.Types) + " ";
        var instances = order.Count == 1 ? "instance" : "instances";
        var why = (accelerated, large) switch
        {
            (true, _) => " (accelerated hardware)",
            (_, true) => " (very large)",
            _ => "",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{order.Count} {types}{instances}{why}");
    }
}
