using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.SageMaker;

/// <summary>A script that SageMaker runs whenever a notebook or Studio app starts.</summary>
public sealed class StartUpScript : IDetection
{
    private static readonly Attempt Weight = new(Success: 4, Denied: 1);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "sagemaker.start-up-script",
        Title = "SageMaker lifecycle configuration created",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.EventTriggeredExecution, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.SageMaker, "CreateNotebookInstanceLifecycleConfig", "CreateStudioLifecycleConfig")],
        Why = "Lifecycle configurations run as root when a notebook starts; AMBERSQUID brought its miners into SageMaker with one.",
        BenignCauses = ["A platform team that installs packages or stops idle notebooks", "Infrastructure as code"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var name = record.Request.Any("notebookInstanceLifecycleConfigName").Text ?? record.Request.Any("studioLifecycleConfigName").Text;
        return Weight.Finding(record, "created", "create", name is null ? "a SageMaker start-up script" : $"the SageMaker start-up script {Plain.Name(name)}")
            ?.With("name", name);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a script for notebooks", EventSources.SageMaker, "CreateNotebookInstanceLifecycleConfig",
            """{"notebookInstanceLifecycleConfigName":"w","onStart":[{"content":"IyEvYmluL3No"}]}"""),
        DetectionExample.Match("a script for Studio", EventSources.SageMaker, "CreateStudioLifecycleConfig",
            """{"studioLifecycleConfigName":"w","studioLifecycleConfigAppType":"JupyterLab","studioLifecycleConfigContent":"IyEvYmluL3No"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.SageMaker, "CreateNotebookInstanceLifecycleConfig",
            errorCode: "AccessDeniedException"),
        DetectionExample.Ignore("a name that is taken", EventSources.SageMaker, "CreateStudioLifecycleConfig",
            """{"studioLifecycleConfigName":"w"}""", "ResourceInUse"),
    ];
}
