using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Organizations;

/// <summary>An account that comes into an organization: invited, made anew, or this one following an invitation.</summary>
public sealed class AccountInvited : IDetection
{
    private static readonly Attempt Inviting = new(Success: 10, Denied: 3);
    private static readonly Attempt Following = new(Success: 15, Denied: 5);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "organizations.account-invited",
        Title = "Account brought into an organization",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.ModifyResourceHierarchy, Techniques.CreateCloudAccount],
        Selectors = [Selector.Writes(EventSources.Organizations, "InviteAccountToOrganization", "AcceptHandshake", "CreateAccount")],
        Why = "A fresh account has no alarms and its own quotas, at the victim's cost; an account that follows a stranger's invitation is the stranger's to govern.",
        BenignCauses = ["New accounts for teams and projects, mostly made by Control Tower or a pipeline", "A company that joins the organization"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var target = record.Request["target"]["id"].Text;
        var finding = record.EventName switch
        {
            "CreateAccount" => Inviting.Finding(record, "created", "create", "an account in the organization"),
            "AcceptHandshake" => Following.Finding(record, "accepted", "accept", "an invitation of an organization's"),
            _ => Inviting.Finding(record, "invited", "invite", $"{(target is null ? "an account" : $"the account {Plain.Name(target)}")} into the organization"),
        };
        return finding?.With("target", target)
            .With("handshakeId", record.Request["handshakeId"].Text)
            .With("requestId", record.Response["createAccountStatus"]["id"].Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("an account invited", EventSources.Organizations, "InviteAccountToOrganization", """{"target":{"type":"ACCOUNT","id":"444455556666"}}"""),
        DetectionExample.Match("an invitation followed", EventSources.Organizations, "AcceptHandshake", """{"handshakeId":"h-0a1b2c3d"}"""),
        DetectionExample.Match("an account made", EventSources.Organizations, "CreateAccount", """{"email":"****","accountName":"****"}""",
            response: """{"createAccountStatus":{"state":"IN_PROGRESS","id":"car-0a1b2c3d"}}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Organizations, "CreateAccount", errorCode: "AccessDeniedException"),
        DetectionExample.Ignore("one account too many", EventSources.Organizations, "CreateAccount", """{"accountName":"****"}""", "ConstraintViolationException"),
    ];
}
