using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>An access key switched on again.</summary>
public sealed class AccessKeyReactivated : IDetection
{
    private static readonly Attempt Weight = new(Success: 15, Denied: 6, Failed: 4);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.access-key-reactivated",
        Title = "Access key activated again",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.AdditionalCloudCredentials],
        Selectors = [Selector.Writes(EventSources.Iam, "UpdateAccessKey")],
        Why = "Deactivating a key is a responder's first step, and this call undoes it. A forgotten key woken up is also a way back in that nobody watches.",
        BenignCauses = ["A rotation that broke something and was taken back", "A responder restoring a key after a false alarm"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (record.Request["status"].Text != "Active")
            return null;
        var key = record.Request["accessKeyId"].Text;
        var target = IamTarget.Of(record);
        return Weight.Finding(record, "activated", "activate", $"the access key {Plain.Name(key)} of {target} again")
            ?.With("accessKeyId", key)
            .With("userName", target.Name);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a key activated", EventSources.Iam, "UpdateAccessKey",
            """{"userName":"deploy","accessKeyId":"AKIAEXAMPLEEXAMPLE01","status":"Active"}"""),
        DetectionExample.Match("an own key activated", EventSources.Iam, "UpdateAccessKey",
            """{"accessKeyId":"AKIAEXAMPLEEXAMPLE01","status":"Active"}"""),
        DetectionExample.Ignore("a key deactivated", EventSources.Iam, "UpdateAccessKey",
            """{"userName":"deploy","accessKeyId":"AKIAEXAMPLEEXAMPLE01","status":"Inactive"}"""),
        DetectionExample.Ignore("a refused attempt, of which nothing is known", EventSources.Iam, "UpdateAccessKey", errorCode: "AccessDenied"),
    ];
}
