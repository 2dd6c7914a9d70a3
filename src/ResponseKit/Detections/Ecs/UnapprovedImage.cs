using System.Collections.Immutable;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ecs;

/// <summary>A task definition or express service with an image from neither the account's own registry nor an approved one.</summary>
public sealed class UnapprovedImage : IConfiguredDetection
{
    private static readonly Attempt Foreign = new(Success: 10, Failed: 3);
    private static readonly Attempt OfficialOnly = new(Success: 5);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ecs.unapproved-image",
        Title = "Task definition or express service with an image that is not approved",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.DeployContainer, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Ecs, "RegisterTaskDefinition", "CreateExpressGatewayService")],
        Why = "Miners publish their images on Docker Hub under throw-away names; the November 2025 campaign's had a hundred thousand pulls.",
        BenignCauses = ["Monitoring agents and sidecars from public registries, which belong into the policy's approvedImages", "Trying out ECS"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        string[] foreign =
        [
            .. record.Request["containerDefinitions"].Items.Append(record.Request["primaryContainer"]).Select(container => container["image"].Text).OfType<string>()
                .Where(image => image.Length > 0 && !ContainerImages.IsOwn(image, record.Account)),
        ];
        if (foreign.Length == 0)
            return null;

        string[] approved = [.. foreign.Where(image => ContainerImages.ApprovedBy(image, settings) is not null)];
        var isAllowed = approved.Length == foreign.Length;
        foreign = isAllowed ? foreign : [.. foreign.Except(approved)];

        var weight = Array.TrueForAll(foreign, ContainerImages.IsOfficial) ? OfficialOnly : Foreign;
        var isExpress = record.EventName == "CreateExpressGatewayService";
        var name = record.Request[isExpress ? "serviceName" : "family"].Text;
        var finding = isExpress
            ? weight.Finding(record, "created", "create", $"the ECS express service {Plain.Name(name)} with the image {Plain.Names(foreign)}")
            : weight.Finding(record, "registered", "register", $"the task definition {Plain.Name(name)} with the image {Plain.Names(foreign)}");
        var reason = isAllowed ? $"the policy's approvedImages name '{Plain.Name(ContainerImages.ApprovedBy(foreign[0], settings))}'" : null;
        return finding?.AllowedBy(reason).With(isExpress ? "serviceName" : "family", name)
            .With("image", string.Join(", ", foreign.Take(10)));
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("an image of an unknown publisher", EventSources.Ecs, "RegisterTaskDefinition",
            """{"family":"xq2kd9","containerDefinitions":[{"name":"xq2kd9","image":"someone12345/secret:user"}]}"""),
        DetectionExample.Match("another account's registry", EventSources.Ecs, "RegisterTaskDefinition",
            """{"family":"web","containerDefinitions":[{"name":"web","image":"444455556666.dkr.ecr.us-east-1.amazonaws.com/web:1"}]}"""),
        DetectionExample.Match("an official image beside an own one", EventSources.Ecs, "RegisterTaskDefinition",
            """
            {"family":"web","containerDefinitions":[{"name":"web","image":"111122223333.dkr.ecr.us-east-1.amazonaws.com/web:1"},
            {"name":"proxy","image":"nginx:1.29"}]}
            """),
        DetectionExample.Match("a registry that only looks like the own one", EventSources.Ecs, "RegisterTaskDefinition",
            """{"family":"web","containerDefinitions":[{"name":"web","image":"111122223333.dkr.ecr.us-east-1.amazonaws.com.example.net/web"}]}"""),
        DetectionExample.Match("an express service, which needs no task definition", EventSources.Ecs, "CreateExpressGatewayService",
            """{"serviceName":"xq2kd9","primaryContainer":{"image":"someone12345/secret:user","containerPort":80}}"""),
        DetectionExample.Ignore("an image of the own registry", EventSources.Ecs, "RegisterTaskDefinition",
            """{"family":"web","containerDefinitions":[{"name":"web","image":"111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:abc"}]}"""),
        DetectionExample.Ignore("a refused attempt, of which nothing is known", EventSources.Ecs, "RegisterTaskDefinition", errorCode: "AccessDeniedException"),
    ];
}
