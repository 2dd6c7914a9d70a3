using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>
/// A caller who gives themself rights short of administration; <c>iam.admin-policy-attached</c> and <c>iam.admin-policy-written</c> speak of
/// the rest.
/// </summary>
public sealed class SelfGranted : IDetection
{
    private static readonly Attempt User = new(Success: 15, Denied: 5);
    private static readonly Attempt Role = new(Success: 8, Denied: 3);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.self-granted",
        Title = "Caller gave themself further rights",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.AdditionalCloudRoles],
        Selectors = [Selector.Writes(EventSources.Iam, "AttachUserPolicy", "AttachRolePolicy", "PutUserPolicy", "PutRolePolicy")],
        Why = "Who may do everything needs no further rights, and who may not should get them from somebody else.",
        BenignCauses = ["A pipeline that keeps its own role up to date"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var target = IamTarget.Of(record);
        var policy = record.Request["policyArn"].Text;
        var document = PolicyDocument.Parse(record.Request["policyDocument"]);
        if (!target.IsCaller || ManagedPolicies.IsAdministrative(policy)
            || ManagedPolicies.IsQuarantine(policy) || ManagedPolicies.IsDenyAll(policy) || ManagedPolicies.IsMail(policy))
        {
            return null;
        }

        // What only forbids restrains; of administration and of mail others speak.
        if (policy is null && (document is null || document.GrantsAdministration || document.GrantsMail || !document.Statements.Any(statement => statement.Allows)))
            return null;
        var name = policy ?? record.Request["policyName"].Text;
        return (target.Kind == "user" ? User : Role).Finding(record, "gave", "give", $"{target} the policy {Plain.Name(name)}")
            ?.With("policy", name)
            .With(target.Kind + "Name", target.Name);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a policy of AWS's", EventSources.Iam, "AttachUserPolicy",
            """{"userName":"ci-bot","policyArn":"arn:aws:iam::aws:policy/AmazonS3FullAccess"}"""),
        DetectionExample.Match("a policy of a role by its own session", EventSources.Iam, "AttachRolePolicy",
            """{"roleName":"deploy","policyArn":"arn:aws:iam::111122223333:policy/more"}""") with { Identity = DetectionExample.RoleSession },
        DetectionExample.Match("rights written down", EventSources.Iam, "PutUserPolicy",
            """{"userName":"ci-bot","policyName":"p","policyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}"}"""),
        DetectionExample.Match("rights written into one's own role", EventSources.Iam, "PutRolePolicy",
            """{"roleName":"deploy","policyName":"p","policyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}"}""") with { Identity = DetectionExample.RoleSession },
        DetectionExample.Ignore("rights for another user", EventSources.Iam, "AttachUserPolicy",
            """{"userName":"deploy","policyArn":"arn:aws:iam::aws:policy/AmazonS3FullAccess"}"""),
        DetectionExample.Ignore("administration, of which another detection speaks", EventSources.Iam, "AttachUserPolicy",
            """{"userName":"ci-bot","policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}"""),
        DetectionExample.Ignore("something forbidden to oneself", EventSources.Iam, "PutUserPolicy",
            """{"userName":"ci-bot","policyName":"p","policyDocument":"{\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}"}"""),
    ];
}
