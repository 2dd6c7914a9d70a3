using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>A new IAM user: a way back in that outlives the stolen key.</summary>
public sealed class UserCreated : IDetection
{
    private static readonly Attempt Weight = new(Success: 20, Denied: 8);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.user-created",
        Title = "IAM user created",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.CreateCloudAccount],
        Selectors = [Selector.Writes(EventSources.Iam, "CreateUser")],
        Why = "The most common call of all published AWS incidents: a user of the intruder's own still works when the stolen key no longer does.",
        BenignCauses = ["An administrator adding a person or a machine account", "Infrastructure as code", "SES, which makes SMTP users from its console"],
        DeployersMay = true,
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var name = record.Request["userName"].Text ?? record.Response["user"]["userName"].Text;
        return Weight.Finding(record, "created", "create", name is null ? "an IAM user" : $"the IAM user {Plain.Name(name)}")
            ?.With("userName", name);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a new user", EventSources.Iam, "CreateUser", """{"userName":"user-x1x2x3x4"}"""),
        DetectionExample.Match("a new user with path and tags", EventSources.Iam, "CreateUser",
            """{"userName":"deploy","path":"/machines/","tags":[{"key":"team","value":"web"}]}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Iam, "CreateUser", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a user who exists already", EventSources.Iam, "CreateUser", """{"userName":"deploy"}""", "EntityAlreadyExistsException"),
        DetectionExample.Ignore("a throttled call", EventSources.Iam, "CreateUser", errorCode: "ThrottlingException"),
    ];
}
