using System.Collections.Immutable;
using ResponseKit.Detections.Costs;
using ResponseKit.Records;

namespace ResponseKit.Detections.CodeBuild;

/// <summary>Builds of CodeBuild and machines that are kept for them, whatever they are: what they cost while they run is added up.</summary>
public sealed class BuildsRunning : IDetection
{
    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "codebuild.builds-running",
        Title = "CodeBuild builds run, at their price",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CloudServiceHijacking, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.CodeBuild, "StartBuild", "StartBuildBatch", "CreateFleet")],
        Why = "A fleet is paid for whether it builds or not, and a build may run for hours on any machine. It weighs nothing by itself.",
        BenignCauses = ["Everybody who builds with CodeBuild"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (!Amounts.Counts(record))
            return null;
        var request = record.Request;
        var environment = request.Any("environment").IsPresent ? request.Any("environment") : request;
        var type = request.Any("environmentTypeOverride").Text ?? environment.Any("type").Text ?? request.Any("environmentType").Text;
        var price = ServicePrices.Build(type, request.Any("computeTypeOverride").Text ?? environment.Any("computeType").Text);
        var isStart = record.EventName.StartsWith("Start", StringComparison.Ordinal);
        var name = request.Any(isStart ? "projectName" : "name").Text;
        if (price is not { } unit)
            return null;
        // A build ends by itself, and no record says how many run at once: what it may cost is shown, and decides nothing.
        var cost = isStart
            ? new Cost(0) { MostUsdPerHour = unit }
            : new Cost(unit * Amounts.Of(request.Any("baseCapacity"), 1))
            {
                Sets = Amounts.Thing(record, "build-fleet", name),
                MostUsdPerHour = unit * Amounts.Of(request.Any("scalingConfiguration").Any("maxCapacity"), 0),
            };
        return new Finding(0, $"asked CodeBuild for machines for {Plain.Name(name)}") { Cost = cost };
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("builds with graphics cards", EventSources.CodeBuild, "StartBuildBatch",
            """{"projectName":"web","environmentTypeOverride":"LINUX_GPU_CONTAINER","computeTypeOverride":"BUILD_GENERAL1_LARGE"}"""),
        DetectionExample.Match("a fleet that is kept ready", EventSources.CodeBuild, "CreateFleet",
            """{"name":"w","baseCapacity":10,"environmentType":"LINUX_GPU_CONTAINER","computeType":"BUILD_GENERAL1_LARGE"}"""),
        DetectionExample.Ignore("a refused call", EventSources.CodeBuild, "StartBuild", """{"projectName":"web"}""", "AccessDeniedException"),
        DetectionExample.Ignore("a build on what its project names", EventSources.CodeBuild, "StartBuild", """{"projectName":"web"}"""),
    ];
}
