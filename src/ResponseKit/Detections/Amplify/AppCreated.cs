using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Amplify;

/// <summary>A new Amplify app, whose builds run whatever its repository says.</summary>
public sealed class AppCreated : IDetection
{
    private static readonly Attempt Weight = new(Success: 3, Denied: 1);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "amplify.app-created",
        Title = "Amplify app created",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.ServerlessExecution, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Amplify, "CreateApp")],
        Why = "Amplify builds and hosts from a repository: AMBERSQUID mined in its builds, in every region that has the service.",
        BenignCauses = ["A front-end developer at work", "Infrastructure as code"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var name = record.Request.Any("name").Text;
        return Weight.Finding(record, "created", "create", name is null ? "an Amplify app" : $"the Amplify app {Plain.Name(name)}")
            ?.With("name", name)
            .With("repository", record.Request.Any("repository").Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("an app", EventSources.Amplify, "CreateApp",
            """{"name":"web","repository":"https://git-codecommit.us-east-1.amazonaws.com/v1/repos/w","platform":"WEB"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Amplify, "CreateApp", errorCode: "AccessDeniedException"),
        DetectionExample.Ignore("one app too many", EventSources.Amplify, "CreateApp", """{"name":"web"}""", "LimitExceededException"),
    ];
}
