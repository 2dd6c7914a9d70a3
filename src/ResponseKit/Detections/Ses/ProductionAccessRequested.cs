using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ses;

/// <summary>The way out of the mail sandbox: account details handed in for review.</summary>
public sealed class ProductionAccessRequested : IDetection
{
    private static readonly Attempt Weight = Attempt.Third(20);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ses.production-access-requested",
        Title = "SES production access requested",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CloudServiceHijacking],
        Selectors = [Selector.Writes(EventSources.Ses, "PutAccountDetails")],
        Why = "Outside the sandbox an account may write to anybody. A campaign of 2025 asked for it in all regions within ten seconds.",
        BenignCauses = ["A team that begins to send mail: once for an account and region"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        // Left out, it is asked for all the same by who hands in the details.
        if (record.Request.Any("productionAccessEnabled").Flag is false)
            return null;
        return Weight.Finding(record, "asked", "ask", "for production access to SES")?.With("mailType", record.Request.Any("mailType").Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("details of the account", EventSources.Ses, "PutAccountDetails",
            """{"mailType":"TRANSACTIONAL","websiteURL":"HIDDEN_DUE_TO_SECURITY_REASONS","contactLanguage":"EN"}"""),
        DetectionExample.Match("production access by name", EventSources.Ses, "PutAccountDetails", """{"mailType":"MARKETING","productionAccessEnabled":true}"""),
        DetectionExample.Match("a review that is under way already", EventSources.Ses, "PutAccountDetails", """{"mailType":"MARKETING"}""", "ConflictException"),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Ses, "PutAccountDetails", errorCode: "AccessDenied"),
        DetectionExample.Ignore("other details of an account that stays in the sandbox", EventSources.Ses, "PutAccountDetails",
            """{"mailType":"TRANSACTIONAL","productionAccessEnabled":false}"""),
    ];
}
