using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>The service-linked role made by which AWS scales instances, fleets or containers.</summary>
public sealed class ScalingRoleCreated : IDetection
{
    private static readonly Attempt Weight = new(Success: 5, Denied: 4);

    private static readonly string[] Services =
    [
        "autoscaling.amazonaws.com", "autoscaling-plans.amazonaws.com", "ecs.application-autoscaling.amazonaws.com", "ecs.amazonaws.com",
        "ec2.application-autoscaling.amazonaws.com", "spot.amazonaws.com", "spotfleet.amazonaws.com", "ec2fleet.amazonaws.com", "batch.amazonaws.com",
        "ecs-compute.amazonaws.com",
    ];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.scaling-role-created",
        Title = "Service-linked role for scaling created",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Iam, "CreateServiceLinkedRole")],
        Why = "In an account that never scaled, miners must first make the role by which AWS launches for them.",
        BenignCauses = ["The first use of Auto Scaling, ECS, Spot or Batch in an account", "Infrastructure as code that makes sure the role exists"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        // CloudTrail writes the parameter with this odd capital.
        var service = record.Request["aWSServiceName"].Text;
        if (service is null ? record.Outcome.TookEffect : !Services.Contains(service))
            return null;
        return Weight.Finding(record, "created", "create", service is null ? "a service-linked role" : $"the service-linked role of {service}")
            ?.With("service", service);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("the role of Auto Scaling", EventSources.Iam, "CreateServiceLinkedRole", """{"aWSServiceName":"autoscaling.amazonaws.com"}"""),
        DetectionExample.Match("the role of ECS", EventSources.Iam, "CreateServiceLinkedRole", """{"aWSServiceName":"ecs.amazonaws.com"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Iam, "CreateServiceLinkedRole", errorCode: "AccessDenied"),
        DetectionExample.Ignore("the role of a database service", EventSources.Iam, "CreateServiceLinkedRole", """{"aWSServiceName":"rds.amazonaws.com"}"""),
        DetectionExample.Ignore("a role that exists already", EventSources.Iam, "CreateServiceLinkedRole",
            """{"aWSServiceName":"autoscaling.amazonaws.com"}""", "InvalidInputException"),
    ];
}
