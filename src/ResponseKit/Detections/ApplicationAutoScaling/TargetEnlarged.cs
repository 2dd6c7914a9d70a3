using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.ApplicationAutoScaling;

/// <summary>
/// Tasks, fleets or endpoints allowed to grow large. CloudTrail has been seen to name the service by either of two names, so both are
/// listened to.
/// </summary>
public sealed class TargetEnlarged : IConfiguredDetection
{
    private const int MinimumWeight = 15;
    private const int MaximumWeight = 8;

    // Storage and throughput are not compute.
    private static readonly string[] Namespaces = ["ecs", "ec2", "sagemaker", "lambda", "elasticmapreduce", "appstream"];
    private static readonly string[] Sources = [EventSources.ApplicationAutoScaling, EventSources.AutoScaling];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "applicationautoscaling.target-enlarged",
        Title = "Scalable target registered for many",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.ComputeHijacking],
        Selectors = [.. Sources.Select(source => Selector.Writes(source, "RegisterScalableTarget"))],
        Why = "A minimum keeps tasks running that somebody else stops, and a maximum lets load decide about the bill.",
        BenignCauses = ["Services that scale for a known peak"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var request = record.Request;
        if (!Namespaces.Contains(request.Any("serviceNamespace").Text))
            return null;
        var (least, most) = (request.Any("minCapacity").Number ?? 0, request.Any("maxCapacity").Number ?? 0);
        var weight = least >= settings.EcsTaskCount ? MinimumWeight : most >= 10L * settings.EcsTaskCount ? MaximumWeight : 0;
        var resource = request.Any("resourceId").Text;
        return Attempt.Third(weight)
            .Finding(record, "let", "let", string.Create(CultureInfo.InvariantCulture, $"{Plain.Name(resource)} have from {least} to {most} of its kind"))
            ?.With("resourceId", resource)
            .With("maxCapacity", most.ToString(CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("at least fifty tasks", EventSources.ApplicationAutoScaling, "RegisterScalableTarget",
            """{"serviceNamespace":"ecs","resourceId":"service/web/web","scalableDimension":"ecs:service:DesiredCount","minCapacity":50,"maxCapacity":200}"""),
        DetectionExample.Match("up to a thousand tasks", EventSources.AutoScaling, "RegisterScalableTarget",
            """{"serviceNamespace":"ecs","resourceId":"service/web/web","minCapacity":1,"maxCapacity":1000}"""),
        DetectionExample.Ignore("a few tasks", EventSources.ApplicationAutoScaling, "RegisterScalableTarget",
            """{"serviceNamespace":"ecs","resourceId":"service/web/web","minCapacity":2,"maxCapacity":8}"""),
        DetectionExample.Ignore("a table's throughput", EventSources.ApplicationAutoScaling, "RegisterScalableTarget",
            """{"serviceNamespace":"dynamodb","resourceId":"table/orders","minCapacity":50,"maxCapacity":4000}"""),
    ];
}
