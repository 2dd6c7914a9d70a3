using System.Collections.Immutable;
using ResponseKit.Deployment;
using ResponseKit.Resources;

namespace ResponseKit.Policy;

/// <summary>What the policy file tells detections: thresholds and what is approved. The defaults suit a small organization.</summary>
public sealed record DetectionSettings
{
    /// <summary>Prefixes of container images that may run, such as <c>111122223333.dkr.ecr.us-east-1.amazonaws.com/</c>. Empty: no image is approved by name, registries of the own account always are.</summary>
    public ImmutableArray<string> ApprovedImages { get; init; } = [];

    /// <summary>EC2 instance families whose launch is never remarkable, such as <c>t3</c>.</summary>
    public ImmutableArray<string> ApprovedInstanceFamilies { get; init; } = [];

    /// <summary>
    /// Regions in which compute may be made. Work in several of them is no sweep through regions; making compute in any other is unusual.
    /// Empty: every region is like every other.
    /// </summary>
    public ImmutableArray<string> ApprovedRegions { get; init; } = [];

    /// <summary>
    /// Accounts of the same owner, or trusted like such: sharing with one of them lets no outsider in. The own account need not be named.
    /// </summary>
    public ImmutableArray<string> KnownAccounts { get; init; } = [];

    /// <summary>
    /// Patterns of users and roles whose work it is to make users, roles and keys. That is not counted against them; giving somebody
    /// administration is. Only who is surely meant is one; see <see cref="ArnPattern.Means"/>.
    /// </summary>
    public ImmutableArray<ArnPattern> Deployers { get; init; } = [];

    /// <summary>
    /// What is known of the deployment that judges; null where nothing is, as when old logs are replayed. No key of the policy file: a deployment says it.
    /// </summary>
    public OwnDeployment? Own { get; init; }

    /// <summary>Launching at least so many instances in one call is remarkable.</summary>
    public int LaunchCount { get; init; } = 10;

    /// <summary>An instance size of at least so many vCPUs is remarkable, judged by its name (an <c>xlarge</c> has 4).</summary>
    public int LaunchVcpus { get; init; } = 64;

    /// <summary>An Auto Scaling group whose maximum or desired size reaches this is remarkable.</summary>
    public int AutoScalingGroupSize { get; init; } = 20;

    /// <summary>An ECS service or RunTask call that asks for at least so many tasks is remarkable.</summary>
    public int EcsTaskCount { get; init; } = 10;

    /// <summary>ECS task CPU units from which a task is remarkable (1,024 units are one vCPU; 16,384 is Fargate's maximum).</summary>
    public int EcsTaskCpuUnits { get; init; } = 16384;
}
