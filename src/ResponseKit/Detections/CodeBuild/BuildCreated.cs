using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.CodeBuild;

/// <summary>A build project or fleet set up, or a build started otherwise than its project says.</summary>
public sealed class BuildCreated : IDetection
{
    private const int ProjectWeight = 3;
    private const int OverrideWeight = 4;
    private const int LargeWeight = 8;
    private const int AcceleratedWeight = 12;

    private static readonly string[] LargeTypes = ["BUILD_GENERAL1_XLARGE", "BUILD_GENERAL1_2XLARGE"];

    /// <summary>What a build is made of: replaced for one build, the project's role runs somebody else's commands.</summary>
    private static readonly string[] Overrides = ["buildspecOverride", "sourceLocationOverride", "imageOverride", "serviceRoleOverride"];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "codebuild.build-created",
        Title = "CodeBuild project or fleet created, or build started with replaced parts",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.ServerlessExecution, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.CodeBuild, "CreateProject", "UpdateProject", "StartBuild", "StartBuildBatch", "CreateFleet")],
        Why = "A build runs any command for hours, with a role of its own, on up to 72 vCPUs or a graphics card; AMBERSQUID mined in builds.",
        BenignCauses =
        [
            "Infrastructure as code that sets up a pipeline", "CI that passes another build specification or image for one build",
            "A project for heavy builds or model tests",
        ],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var request = record.Request;
        var environment = request.Any("environment").IsPresent ? request.Any("environment") : request;
        var type = Either(environment, "type", request, "environmentTypeOverride") ?? request.Any("environmentType").Text;
        var size = Either(environment, "computeType", request, "computeTypeOverride");
        var isAccelerated = type?.Contains("GPU", StringComparison.OrdinalIgnoreCase) is true;
        var isLarge = LargeTypes.Contains(size, StringComparer.OrdinalIgnoreCase);
        var isStart = record.EventName.StartsWith("Start", StringComparison.Ordinal);
        var replaced = isStart ? Overrides.FirstOrDefault(name => request.Any(name).IsPresent) : null;
        var ordinary = replaced is not null ? OverrideWeight : record.EventName is "CreateProject" or "CreateFleet" ? ProjectWeight : 0;
        var weight = isAccelerated ? AcceleratedWeight : isLarge ? LargeWeight : ordinary;

        var name = request.Any(isStart ? "projectName" : "name").Text;
        var (did, todo, kind) = record.EventName switch
        {
            "CreateProject" => ("created", "create", "the CodeBuild project"),
            "UpdateProject" => ("changed", "change", "the CodeBuild project"),
            "CreateFleet" => ("created", "create", "the CodeBuild fleet"),
            _ => ("started", "start", "a build of the CodeBuild project"),
        };
        var how = isAccelerated ? " (accelerated hardware)" : isLarge ? " (very large)" : replaced is not null ? $" with {replaced}" : "";
        return Attempt.Third(weight).Finding(record, did, todo, $"{kind} {Plain.Name(name)}{how}")
            ?.With("name", name)
            .With("environmentType", type)
            .With("computeType", size)
            .With("image", Either(environment, "image", request, "imageOverride"));
    }

    private static string? Either(Field environment, string name, Field request, string overriding) =>
        request.Any(overriding).Text ?? environment.Any(name).Text;

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a project", EventSources.CodeBuild, "CreateProject",
            """{"name":"web","source":{"type":"GITHUB"},"environment":{"type":"LINUX_CONTAINER","computeType":"BUILD_GENERAL1_SMALL"}}"""),
        DetectionExample.Match("a project with a graphics card", EventSources.CodeBuild, "CreateProject",
            """{"name":"w","source":{"type":"NO_SOURCE"},"environment":{"type":"LINUX_GPU_CONTAINER","computeType":"BUILD_GENERAL1_LARGE"}}"""),
        DetectionExample.Match("a project made very large", EventSources.CodeBuild, "UpdateProject",
            """{"name":"web","environment":{"type":"LINUX_CONTAINER","computeType":"BUILD_GENERAL1_2XLARGE"}}"""),
        DetectionExample.Match("a fleet", EventSources.CodeBuild, "CreateFleet",
            """{"name":"w","baseCapacity":10,"environmentType":"LINUX_GPU_CONTAINER","computeType":"BUILD_GENERAL1_LARGE"}"""),
        DetectionExample.Match("a build with other commands", EventSources.CodeBuild, "StartBuild",
            """{"projectName":"web","buildspecOverride":"version: 0.2"}"""),
        DetectionExample.Match("builds on a larger machine", EventSources.CodeBuild, "StartBuildBatch",
            """{"projectName":"web","computeTypeOverride":"BUILD_GENERAL1_2XLARGE"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.CodeBuild, "CreateProject", errorCode: "AccessDeniedException"),
        DetectionExample.Ignore("a build as its project says", EventSources.CodeBuild, "StartBuild", """{"projectName":"web","sourceVersion":"main"}"""),
        DetectionExample.Ignore("another description", EventSources.CodeBuild, "UpdateProject", """{"name":"web","description":"the site"}"""),
    ];
}
