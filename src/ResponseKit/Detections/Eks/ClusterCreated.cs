using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Eks;

/// <summary>A new EKS cluster.</summary>
public sealed class ClusterCreated : IDetection
{
    private static readonly Attempt Weight = new(Success: 5, Denied: 1);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "eks.cluster-created",
        Title = "EKS cluster created",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.DeployContainer, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Eks, "CreateCluster")],
        Why = "A cluster with Auto Mode or node groups launches machines under service roles, out of sight of whoever watches the thief alone.",
        BenignCauses = ["Infrastructure as code or eksctl that sets up an environment", "CI that tests against clusters of its own", "A course or a trial"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var name = record.Request.Any("name").Text;
        var what = (name is null ? "an EKS cluster" : $"the EKS cluster {Plain.Name(name)}")
            + (record.Request.Any("computeConfig").Any("enabled").Flag is true ? " with Auto Mode" : "");
        return Weight.Finding(record, "created", "create", what)?.With("name", name);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a cluster", EventSources.Eks, "CreateCluster",
            """{"name":"staging","version":"1.34","roleArn":"arn:aws:iam::111122223333:role/eks","resourcesVpcConfig":{"subnetIds":["subnet-0a1b2c3d"]}}"""),
        DetectionExample.Match("a cluster that launches nodes by itself", EventSources.Eks, "CreateCluster",
            """{"name":"xq2kd9","computeConfig":{"enabled":true,"nodePools":["general-purpose"]}}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Eks, "CreateCluster", errorCode: "AccessDeniedException"),
        DetectionExample.Ignore("a name that is taken", EventSources.Eks, "CreateCluster", """{"name":"staging"}""", "ResourceInUseException"),
    ];
}
