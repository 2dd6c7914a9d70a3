using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ecs;

/// <summary>A new ECS cluster: one is ordinary, dozens within minutes are a mining campaign.</summary>
public sealed class ClusterCreated : IDetection
{
    private static readonly Attempt Weight = new(Success: 10, Denied: 5);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ecs.cluster-created",
        Title = "ECS cluster created",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.DeployContainer, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Ecs, "CreateCluster")],
        Why = "Miners on Fargate create clusters by the dozen, in many regions, so that cleaning up takes longer than creating.",
        BenignCauses = ["Infrastructure as code that sets up an environment", "A console user trying ECS", "AWS Batch making its own cluster"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        // Without a name, AWS calls the cluster "default"; on a refusal CloudTrail leaves the request out.
        var name = record.Request["clusterName"].Text ?? (record.Outcome.TookEffect ? "default" : null);
        return Weight.Finding(record, "created", "create", name is null ? "an ECS cluster" : $"the ECS cluster {Plain.Name(name)}")
            ?.With("clusterName", name);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a cluster with a random name", EventSources.Ecs, "CreateCluster", """{"clusterName":"xq2kd9"}"""),
        DetectionExample.Match("the default cluster", EventSources.Ecs, "CreateCluster", "{}"),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Ecs, "CreateCluster", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a name that ECS does not take", EventSources.Ecs, "CreateCluster", """{"clusterName":"no spaces allowed"}""", "InvalidParameterException"),
    ];
}
