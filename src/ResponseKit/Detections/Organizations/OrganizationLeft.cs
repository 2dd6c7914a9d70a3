using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Organizations;

/// <summary>An account taken out of its organization, and so out of its guardrails.</summary>
public sealed class OrganizationLeft : IDetection
{
    private static readonly Attempt Leaving = new(Success: 55, Denied: 25, Failed: 20);
    private static readonly Attempt Removing = new(Success: 25, Denied: 8, Failed: 5);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "organizations.organization-left",
        Title = "Account leaving its organization",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.ModifyResourceHierarchy, Techniques.DisableTools],
        Selectors = [Selector.Writes(EventSources.Organizations, "LeaveOrganization", "RemoveAccountFromOrganization")],
        Why = "Outside the organization no service control policy, no organization trail and no delegated GuardDuty holds the account any more.",
        BenignCauses = ["A company sold or an account handed over, long announced"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (record.Outcome is CallOutcome.Failed("AWSOrganizationsNotInUseException"))
            return null;
        var account = record.Request["accountId"].Text;
        return record.EventName == "LeaveOrganization"
            ? Leaving.Finding(record, "took", "take", "the account out of its organization")?.Doing(record, DamageKind.Blinding)
            : Removing.Finding(record, "removed", "remove", $"the account {Plain.Name(account)} from the organization")?.With("accountId", account);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("an account that leaves", EventSources.Organizations, "LeaveOrganization"),
        DetectionExample.Match("a refused attempt", EventSources.Organizations, "LeaveOrganization", errorCode: "AccessDenied"),
        DetectionExample.Match("an attempt that lacked a payment method", EventSources.Organizations, "LeaveOrganization",
            errorCode: "ConstraintViolationException"),
        DetectionExample.Match("an account removed", EventSources.Organizations, "RemoveAccountFromOrganization", """{"accountId":"444455556666"}"""),
        DetectionExample.Ignore("an account that is in none", EventSources.Organizations, "LeaveOrganization",
            errorCode: "AWSOrganizationsNotInUseException"),
    ];
}
