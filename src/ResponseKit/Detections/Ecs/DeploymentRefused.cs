using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ecs;

/// <summary>A deployment to ECS that the caller had no permission for.</summary>
public sealed class DeploymentRefused : IDetection
{
    private static readonly Attempt Weight = new(Success: 0, Denied: 5);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ecs.deployment-refused",
        Title = "ECS deployment refused for lack of permission",
        Category = SignalCategory.PermissionProbing,
        Techniques = [Techniques.CloudServiceDiscovery, Techniques.DeployContainer],
        Selectors =
        [
            Selector.Writes(
                EventSources.Ecs, "RegisterTaskDefinition", "CreateService", "CreateExpressGatewayService", "UpdateService", "RunTask", "StartTask"),
        ],
        Why = "Scripts that mine on Fargate try every account they get a key for. ECS does not record what was asked when it refuses.",
        BenignCauses = ["A deployment role that lacks a permission, mostly iam:PassRole"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record) =>
        Weight.Finding(record, "called", "call", $"ECS {Plain.Name(record.EventName)}")?.With("eventName", record.EventName);

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a task definition", EventSources.Ecs, "RegisterTaskDefinition", errorCode: "AccessDeniedException"),
        DetectionExample.Match("a service", EventSources.Ecs, "CreateService", errorCode: "AccessDenied"),
        DetectionExample.Match("a service's change", EventSources.Ecs, "UpdateService", errorCode: "AccessDenied"),
        DetectionExample.Match("a task", EventSources.Ecs, "RunTask", errorCode: "AccessDenied"),
        DetectionExample.Match("a task on a chosen instance", EventSources.Ecs, "StartTask", errorCode: "AccessDenied"),
        DetectionExample.Match("an express service", EventSources.Ecs, "CreateExpressGatewayService", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a service that was created", EventSources.Ecs, "CreateService", """{"serviceName":"web","desiredCount":1}"""),
        DetectionExample.Ignore("a cluster that does not exist", EventSources.Ecs, "RunTask", """{"cluster":"x"}""", "ClusterNotFoundException"),
    ];
}
