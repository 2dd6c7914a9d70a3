using System.Collections.Concurrent;
using Amazon.Runtime;
using ResponseKit.Resources;

namespace ResponseKit.Cli.Drill.Attack;

/// <summary>Everything that the attacker made, kept so that the end of the drill can ask for each of it.</summary>
internal sealed class Loot
{
    public ConcurrentBag<(string Region, string Cluster)> Clusters { get; } = [];

    public ConcurrentBag<(string Region, string Group)> Groups { get; } = [];

    public ConcurrentBag<(string Region, string InstanceId)> Instances { get; } = [];

    public ConcurrentBag<(string Region, string Function)> Functions { get; } = [];

    public ConcurrentBag<(string Region, string TaskDefinition)> TaskDefinitions { get; } = [];

    public ConcurrentBag<string> Users { get; } = [];

    public ConcurrentBag<string> Roles { get; } = [];

    /// <summary>Every credential that the attacker holds, by what it is.</summary>
    public ConcurrentDictionary<string, AWSCredentials> Credentials { get; } = new(StringComparer.Ordinal);

    /// <summary>All of it that is a resource.</summary>
    public IReadOnlyList<ResourceRef> Resources =>
    [
        .. Clusters.Select(made => Ref(ResourceKind.EcsCluster, made.Region, made.Cluster)),
        .. Groups.Select(made => Ref(ResourceKind.AutoScalingGroup, made.Region, made.Group)),
        .. Instances.Select(made => Ref(ResourceKind.Instance, made.Region, made.InstanceId)),
        .. Functions.Select(made => Ref(ResourceKind.LambdaFunction, made.Region, made.Function)),
        .. Users.Select(user => Ref(ResourceKind.IamUser, "us-east-1", user)),
        .. Roles.Select(role => Ref(ResourceKind.IamRole, "us-east-1", role)),
    ];

    private static ResourceRef Ref(ResourceKind kind, string region, string name) => ResourceRef.Of(kind, DrillAccount.Id, region, name);
}
