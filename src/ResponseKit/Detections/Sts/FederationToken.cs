using System.Collections.Immutable;
using ResponseKit.Detections.Iam;
using ResponseKit.Records;

namespace ResponseKit.Detections.Sts;

/// <summary>A federation token made from a user's key: a session that stays when the key is disabled.</summary>
public sealed class FederationToken : IDetection
{
    private static readonly Attempt Plainly = new(Success: 20, Denied: 8);
    private static readonly Attempt ForEverything = new(Success: 30, Denied: 10);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "sts.federation-token",
        Title = "Federation token obtained",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.AdditionalCloudCredentials, Techniques.ApplicationAccessToken],
        Selectors = [Selector.Writes(EventSources.Sts, "GetFederationToken")],
        Why = "The token works for up to 36 hours after its key is disabled, and opens the console. Hardly any program of today asks for one.",
        BenignCauses = ["Old custom identity brokers", "Tools that hand out console links (aws-vault, awsume)"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var name = record.Request["name"].Text;
        var weight = PolicyDocument.Parse(record.Request["policy"]) is { GrantsAdministration: true } ? ForEverything : Plainly;
        var rights = weight == ForEverything ? " with every right of the user" : "";
        return weight.Finding(record, "obtained", "obtain", name is null ? "a federation token" : $"a federation token named {Plain.Name(name)}{rights}")
            ?.With("name", name)
            .With("accessKeyId", record.Response["credentials"]["accessKeyId"].Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a token for everything", EventSources.Sts, "GetFederationToken",
            """{"name":"console","policy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}"}""",
            response: """{"credentials":{"accessKeyId":"ASIAEXAMPLEEXAMPLE01","expiration":"Nov 3, 2025, 10:00:00 PM"}}"""),
        DetectionExample.Match("a token for little", EventSources.Sts, "GetFederationToken",
            """{"name":"viewer","durationSeconds":900,"policy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}]}"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Sts, "GetFederationToken", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a malformed policy", EventSources.Sts, "GetFederationToken",
            """{"name":"viewer","policy":"%7B"}""", "MalformedPolicyDocumentException"),
    ];
}
