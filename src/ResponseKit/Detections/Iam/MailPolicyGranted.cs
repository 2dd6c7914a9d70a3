using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>The right to set up senders and send mail given to an identity.</summary>
public sealed class MailPolicyGranted : IDetection
{
    private static readonly Attempt ToUser = new(Success: 25, Denied: 10, Failed: 5);
    private static readonly Attempt ToOther = new(Success: 15, Denied: 6, Failed: 4);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.mail-policy-granted",
        Title = "Full SES or WorkMail rights granted",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.AdditionalCloudRoles, Techniques.CloudServiceHijacking],
        Selectors =
        [
            Selector.Writes(
                EventSources.Iam, "AttachUserPolicy", "AttachRolePolicy", "AttachGroupPolicy", "PutUserPolicy", "PutRolePolicy", "PutGroupPolicy"),
        ],
        Why = "The November 2025 campaign left a user with AmazonSESFullAccess behind: an account that may send mail is worth money to phishers.",
        BenignCauses = ["SES set up for an application, which mostly needs ses:SendEmail only"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var policy = record.Request["policyArn"].Text;
        var document = PolicyDocument.Parse(record.Request["policyDocument"]);
        // Whoever may do everything may mail, too; that is another detection's finding.
        if (!ManagedPolicies.IsMail(policy) && document is not { GrantsMail: true, GrantsAdministration: false })
            return null;

        var target = IamTarget.Of(record);
        var name = ManagedPolicies.Name(policy) ?? record.Request["policyName"].Text;
        var (did, todo) = policy is null ? ("gave", "give") : ("attached", "attach");
        var what = policy is null ? $"{target} full mail rights by the inline policy {Plain.Name(name)}" : $"{Plain.Name(name)} to {target}";
        return (target.Kind == "user" ? ToUser : ToOther).Finding(record, did, todo, what)
            ?.With("policy", policy ?? name)
            .With(target.Kind + "Name", target.Name);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a user who may send mail as anybody", EventSources.Iam, "AttachUserPolicy",
            """{"userName":"user-x1x2x3x4","policyArn":"arn:aws:iam::aws:policy/AmazonSESFullAccess"}"""),
        DetectionExample.Match("a role", EventSources.Iam, "AttachRolePolicy",
            """{"roleName":"mailer","policyArn":"arn:aws:iam::aws:policy/AmazonSESFullAccess"}"""),
        DetectionExample.Match("a group", EventSources.Iam, "AttachGroupPolicy",
            """{"groupName":"mailers","policyArn":"arn:aws:iam::aws:policy/AmazonWorkMailFullAccess"}"""),
        .. new[] { ("PutUserPolicy", "userName"), ("PutRolePolicy", "roleName"), ("PutGroupPolicy", "groupName") }.Select(call =>
            DetectionExample.Match($"an inline policy by {call.Item1}", EventSources.Iam, call.Item1,
                $$"""{"{{call.Item2}}":"mailer","policyName":"p","policyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ses:*\",\"Resource\":\"*\"}]}"}""")),
        DetectionExample.Ignore("an application that sends mail", EventSources.Iam, "PutRolePolicy",
            """
            {"roleName":"web","policyName":"p","policyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"ses:SendEmail\"],
            \"Resource\":\"*\"}]}"}
            """.ReplaceLineEndings("")),
        DetectionExample.Ignore("another policy", EventSources.Iam, "AttachUserPolicy",
            """{"userName":"auditor","policyArn":"arn:aws:iam::aws:policy/AmazonSESReadOnlyAccess"}"""),
        DetectionExample.Ignore("a refused attempt, of which nothing is known", EventSources.Iam, "AttachUserPolicy", errorCode: "AccessDenied"),
    ];
}
