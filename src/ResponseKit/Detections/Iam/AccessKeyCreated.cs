using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>A new access key, for the caller or for another user.</summary>
public sealed class AccessKeyCreated : IDetection
{
    private static readonly Attempt ForSelf = new(Success: 15, Denied: 6);
    private static readonly Attempt ForOther = new(Success: 20, Denied: 8);
    private static readonly Attempt ForRoot = new(Success: 40, Denied: 10);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.access-key-created",
        Title = "Access key created",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.AdditionalCloudCredentials],
        Selectors = [Selector.Writes(EventSources.Iam, "CreateAccessKey")],
        Why = "A second key keeps access after the first is disabled; on another user it also hides among that user's own calls.",
        BenignCauses = ["Key rotation", "A new machine account", "The root user's key: hardly ever legitimate"],
        DeployersMay = true,
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        // A call without a name is for the caller's own user; the answer then names it.
        var created = record.Response["accessKey"];
        var target = IamTarget.Of(record) is { Name: not null } named
            ? named
            : new IamTarget("user", created["userName"].Text, IsCaller: record.Outcome.TookEffect);
        var weight = record.Actor is Actor.Root && target.IsCaller ? ForRoot : target.IsCaller ? ForSelf : ForOther;
        return weight.Finding(record, "created", "create", $"an access key for {target}")
            ?.Doing(record, weight == ForRoot ? DamageKind.BackDoor : null)
            .With("userName", target.Name)
            .With("accessKeyId", created["accessKeyId"].Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a key for another user", EventSources.Iam, "CreateAccessKey", """{"userName":"deploy"}""",
            response: """{"accessKey":{"accessKeyId":"AKIAEXAMPLEEXAMPLE01","status":"Active","userName":"deploy"}}"""),
        DetectionExample.Match("a key for oneself, by name", EventSources.Iam, "CreateAccessKey", """{"userName":"ci-bot"}"""),
        DetectionExample.Match("a key for oneself, without a name", EventSources.Iam, "CreateAccessKey",
            response: """{"accessKey":{"accessKeyId":"AKIAEXAMPLEEXAMPLE01","status":"Active","userName":"ci-bot"}}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Iam, "CreateAccessKey", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a third key, which IAM does not allow", EventSources.Iam, "CreateAccessKey", errorCode: "LimitExceededException"),
        DetectionExample.Ignore("a user who does not exist", EventSources.Iam, "CreateAccessKey", """{"userName":"nobody"}""", "NoSuchEntityException"),
    ];
}
