using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ses;

/// <summary>An address or domain added from which the account may send mail.</summary>
public sealed class IdentityCreated : IDetection
{
    private static readonly Attempt Weight = new(Success: 6, Denied: 2);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ses.identity-created",
        Title = "SES sending identity created",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CloudServiceHijacking],
        Selectors = [Selector.Writes(EventSources.Ses, "CreateEmailIdentity", "VerifyEmailIdentity", "VerifyEmailAddress", "VerifyDomainIdentity")],
        Why = "With an address or look-alike domain of their own, phishers send in the account's good name.",
        BenignCauses = ["A team that sends from a new address or domain", "Software that adds each customer's domain", "Infrastructure as code"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var identity = record.Request.Any("emailIdentity").Text ?? record.Request.Any("emailAddress").Text ?? record.Request.Any("domain").Text;
        return Weight.Finding(record, "created", "create", identity is null ? "an SES sending identity" : $"the SES sending identity {Plain.Name(identity)}")
            ?.With("identity", identity);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a domain", EventSources.Ses, "CreateEmailIdentity", """{"emailIdentity":"acme-billing.example"}"""),
        DetectionExample.Match("an address, hidden", EventSources.Ses, "VerifyEmailIdentity", """{"emailAddress":"HIDDEN_DUE_TO_SECURITY_REASONS"}"""),
        DetectionExample.Match("an address, by the old call", EventSources.Ses, "VerifyEmailAddress", """{"emailAddress":"billing@acme.example"}"""),
        DetectionExample.Match("a domain, by the older interface", EventSources.Ses, "VerifyDomainIdentity", """{"domain":"acme.example"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Ses, "CreateEmailIdentity", errorCode: "AccessDenied"),
        DetectionExample.Ignore("an identity that exists already", EventSources.Ses, "CreateEmailIdentity",
            """{"emailIdentity":"acme.example"}""", "AlreadyExistsException"),
    ];
}
