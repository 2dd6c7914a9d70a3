using System.Collections.Immutable;
using ResponseKit.Detections.Ecs;
using ResponseKit.Records;

namespace ResponseKit.Detections.AppRunner;

/// <summary>A container that App Runner builds, runs and scales by itself.</summary>
public sealed class ServiceCreated : IDetection
{
    private static readonly Attempt Ordinary = new(Success: 4, Denied: 1);
    private static readonly Attempt Large = new(Success: 8, Denied: 2);

    // The largest that App Runner gives to one instance: App Runner API Reference, "InstanceConfiguration".
    private const long LargestCpuUnits = 4096;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "apprunner.service-created",
        Title = "App Runner service created",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.DeployContainer, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.AppRunner, "CreateService")],
        Why = "One call runs a container from a public registry or repository, without cluster, network or role: a corner that few watch.",
        BenignCauses = ["A developer publishing a web application", "Infrastructure as code", "AWS Copilot"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var name = record.Request.Any("serviceName").Text;
        var source = record.Request.Any("sourceConfiguration");
        var image = source.Any("imageRepository").Any("imageIdentifier").Text;
        var isLarge = CpuUnits.Read(record.Request.Any("instanceConfiguration").Any("cpu")) >= LargestCpuUnits;
        var what = (name is null ? "an App Runner service" : $"the App Runner service {Plain.Name(name)}")
            + (image is null ? "" : $" with the image {Plain.Name(image)}");
        return (isLarge ? Large : Ordinary).Finding(record, "created", "create", what)
            ?.With("serviceName", name)
            .With("image", image)
            .With("repository", source.Any("codeRepository").Any("repositoryUrl").Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a public image on the largest instance", EventSources.AppRunner, "CreateService",
            """
            {"serviceName":"w","sourceConfiguration":{"imageRepository":{"imageIdentifier":"public.ecr.aws/x1y2z3/w:latest","imageRepositoryType":"ECR_PUBLIC"}},
            "instanceConfiguration":{"cpu":"4 vCPU","memory":"12 GB"}}
            """),
        DetectionExample.Match("a service from a repository", EventSources.AppRunner, "CreateService",
            """{"serviceName":"web","sourceConfiguration":{"codeRepository":{"repositoryUrl":"https://github.com/acme/web"}}}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.AppRunner, "CreateService", errorCode: "AccessDeniedException"),
        DetectionExample.Ignore("throttling", EventSources.AppRunner, "CreateService", "{}", "ThrottlingException"),
    ];
}
