using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>A user given another name: keys, password and policies stay, and whatever looks for the old name finds nobody.</summary>
public sealed class UserRenamed : IDetection
{
    private static readonly Attempt Other = new(Success: 10, Denied: 3);
    private static readonly Attempt Self = new(Success: 25, Denied: 8);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.user-renamed",
        Title = "IAM user renamed",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.AccountManipulation],
        Selectors = [Selector.Writes(EventSources.Iam, "UpdateUser")],
        Why = "A renamed user slips out of alarms, policies and containments that go by the name.",
        BenignCauses = ["A person who changed their name"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (record.Request.IsPresent && !record.Request["newUserName"].IsPresent)
            return null;
        var target = IamTarget.Of(record);
        var name = record.Request["newUserName"].Text;
        return (target.IsCaller ? Self : Other).Finding(record, "changed", "change", $"the name of {target} to {Plain.Name(name)}")
            ?.With("userName", target.Name)
            .With("newUserName", name);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("another user", EventSources.Iam, "UpdateUser", """{"userName":"deploy","newUserName":"deploy-old"}"""),
        DetectionExample.Match("the caller", EventSources.Iam, "UpdateUser", """{"userName":"ci-bot","newUserName":"ci"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Iam, "UpdateUser", errorCode: "AccessDenied"),
        DetectionExample.Ignore("another path", EventSources.Iam, "UpdateUser", """{"userName":"deploy","newPath":"/machines/"}"""),
    ];
}
