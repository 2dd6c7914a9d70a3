using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>Machines of EC2 that another service rents: SageMaker, EMR, GameLift. Their groups are all made, unlike the alternatives of a fleet.</summary>
internal static class Machines
{
    // More groups than any service takes.
    private const int GroupLimit = 200;
    private const string SageMakerPrefix = "ml.";

    /// <summary>A group of machines of one type; SageMaker's <c>ml.g5.xlarge</c> is a <c>g5.xlarge</c>. One machine where no number is given.</summary>
    public static LaunchOrder Group(Field type, Field count) => LaunchOrder.For([Type(type.Text)], count.Number);

    /// <summary>What is most remarkable about the groups, each for itself and together; null when nothing is.</summary>
    public static LaunchCost? Cost(IEnumerable<LaunchOrder> groups, DetectionSettings settings)
    {
        LaunchOrder[] all = [.. groups.Where(group => group.Types.Length > 0).Take(GroupLimit)];
        if (all.Length == 0)
            return null;
        var together = LaunchOrder.For(all.SelectMany(group => group.Types), all.Sum(group => group.Count));
        return all.Append(together).Select(order => LaunchCost.Of(order, settings)).OfType<LaunchCost>()
            .OrderBy(cost => cost.Allowed is not null).ThenByDescending(cost => cost.Weight).FirstOrDefault();
    }

    private static string? Type(string? type) =>
        type?.StartsWith(SageMakerPrefix, StringComparison.OrdinalIgnoreCase) is true ? type[SageMakerPrefix.Length..] : type;
}
