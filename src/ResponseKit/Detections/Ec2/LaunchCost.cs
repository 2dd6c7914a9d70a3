using System.Globalization;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>Why a launch is remarkable: its hardware, its size, its number.</summary>
/// <param name="Weight">What a launch that took effect weighs.</param>
/// <param name="Description">What was asked for and why that is remarkable, for a sentence.</param>
/// <param name="Allowed">The policy's entry that approves the hardware; null when there is none.</param>
internal sealed record LaunchCost(int Weight, string Description, string? Allowed)
{
    private const int AcceleratedWeight = 25;
    private const int LargeWeight = 20;
    private const int ManyWeight = 15;
    private const int VeryManyWeight = 20;

    /// <summary>Judges an order; null when nothing about it is remarkable.</summary>
    public static LaunchCost? Of(LaunchOrder order, DetectionSettings settings)
    {
        var named = order.Types.Length > 0;
        // A fleet's types are alternatives. Karpenter lists dozens and takes the cheapest, so only an order that leaves
        // no modest choice is remarkable for its hardware.
        var accelerated = named && order.Types.All(InstanceTypes.IsAccelerated);
        var large = named && order.Types.All(type => InstanceTypes.IsMetal(type) || InstanceTypes.Vcpus(type) >= settings.LaunchVcpus);
        var many = order.Count >= settings.LaunchCount;
        if (!accelerated && !large && !many)
            return null;

        var hardware = accelerated ? AcceleratedWeight : large ? LargeWeight : 0;
        var number = !many ? 0 : order.Count >= 5L * settings.LaunchCount ? VeryManyWeight : ManyWeight;
        return new LaunchCost(hardware + number, Describe(order, accelerated, large), ApprovalOf(order, settings));
    }

    /// <summary>The same, where what the policy approves is not remarkable.</summary>
    public static LaunchCost? OfUnapproved(LaunchOrder order, DetectionSettings settings) => Of(order, settings) is { Allowed: null } cost ? cost : null;

    /// <summary>What was asked for, for a sentence.</summary>
    public static string Describe(LaunchOrder order) => Describe(order, accelerated: false, large: false);

    /// <summary>
    /// The finding for a launching call. A launch that ran into a quota shows what was wanted nearly as well as a success;
    /// other failures are mostly mistakes. Dry runs and refusals make nothing: <see cref="LaunchDryRun"/> and
    /// <see cref="LaunchRefused"/> speak of them, so that one call is not evidence of two kinds.
    /// </summary>
    public Finding? Finding(CloudTrailRecord record, LaunchOrder order, string did, string todo)
    {
        var obstacle = LaunchObstacle.Of(record.Outcome);
        var failed = obstacle is null ? Weight / 5 : obstacle.IsShortage ? 1 : Weight / 2;
        var finding = new Attempt(Weight, Failed: failed).Finding(record, did, todo, Description)
            ?.With("instanceType", order.Types.Length == 0 ? null : string.Join(", ", order.Types))
            .With("count", order.Count.ToString(CultureInfo.InvariantCulture));
        return finding?.AllowedBy(Allowed);
    }

    private static string? ApprovalOf(LaunchOrder order, DetectionSettings settings) =>
        order.Types.Length > 0 && order.Types.All(type => InstanceTypes.IsApproved(type, settings))
            ? $"the policy's approvedInstanceFamilies name {Plain.Names(order.Types)}"
            : null;

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
