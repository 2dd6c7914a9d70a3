using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Sts;

/// <summary>A session token made from a user's key without a second factor.</summary>
public sealed class SessionToken : IDetection
{
    private static readonly Attempt Weight = new(Success: 8, Denied: 4);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "sts.session-token",
        Title = "Session token obtained without a second factor",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.ApplicationAccessToken],
        Selectors = [Selector.Writes(EventSources.Sts, "GetSessionToken")],
        Why = "Temporary credentials minted from a key live on for up to 36 hours after the key is disabled.",
        BenignCauses = ["Tools that keep the long-term key out of child processes (aws-vault)", "Old SDK programs"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        // With a serial number the caller has shown a second factor, which a stolen key does not have.
        if (record.Request["serialNumber"].IsPresent)
            return null;
        return Weight.Finding(record, "obtained", "obtain", "a session token without a second factor")
            ?.With("accessKeyId", record.Response["credentials"]["accessKeyId"].Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a token for a day and a half", EventSources.Sts, "GetSessionToken", """{"durationSeconds":129600}"""),
        DetectionExample.Match("a token by default", EventSources.Sts, "GetSessionToken",
            response: """{"credentials":{"accessKeyId":"ASIAEXAMPLEEXAMPLE01"}}"""),
        DetectionExample.Ignore("a token with a second factor", EventSources.Sts, "GetSessionToken",
            """{"durationSeconds":43200,"serialNumber":"arn:aws:iam::111122223333:mfa/phone"}"""),
        DetectionExample.Ignore("a wrong code", EventSources.Sts, "GetSessionToken",
            """{"serialNumber":"arn:aws:iam::111122223333:mfa/phone"}""", "AccessDenied"),
    ];
}
