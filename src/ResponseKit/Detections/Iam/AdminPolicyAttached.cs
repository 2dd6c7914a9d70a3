using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>One of AWS's administrative policies attached to a user, a role or a group.</summary>
public sealed class AdminPolicyAttached : IDetection
{
    private static readonly Attempt ToUser = new(Success: 30, Denied: 12, Failed: 5);
    private static readonly Attempt ToOther = new(Success: 25, Denied: 10, Failed: 5);
    private static readonly Attempt ToSelf = new(Success: 40, Denied: 15, Failed: 8);
    private static readonly Attempt Unrecorded = new(Success: 0, Denied: 10);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.admin-policy-attached",
        Title = "Administrative managed policy attached",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.AdditionalCloudRoles],
        Selectors = [Selector.Writes(EventSources.Iam, "AttachUserPolicy", "AttachRolePolicy", "AttachGroupPolicy")],
        Why = "Whoever can attach policies makes himself or a new identity an administrator before doing anything else.",
        BenignCauses = ["An administrator setting up an account", "Infrastructure as code making a deployment role"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        // IAM leaves the request out of a refusal: that somebody tried to attach something is all there is.
        var policy = record.Request["policyArn"].Text;
        if (policy is null)
            return Unrecorded.Finding(record, "attached", "attach", "a policy to an IAM identity");
        if (!ManagedPolicies.IsAdministrative(policy))
            return null;

        var target = IamTarget.Of(record);
        var weight = target.IsCaller ? ToSelf : target.Kind == "user" ? ToUser : ToOther;
        return weight.Finding(record, "attached", "attach", $"{ManagedPolicies.Name(policy)} to {target}")
            ?.Doing(record, target.IsCaller ? DamageKind.BackDoor : null)
            .With("policyArn", policy)
            .With(target.Kind + "Name", target.Name);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a user made administrator", EventSources.Iam, "AttachUserPolicy",
            """{"userName":"user-x1x2x3x4","policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}"""),
        DetectionExample.Match("the caller making himself administrator", EventSources.Iam, "AttachUserPolicy",
            """{"userName":"ci-bot","policyArn":"arn:aws:iam::aws:policy/PowerUserAccess"}"""),
        DetectionExample.Match("a role in another partition", EventSources.Iam, "AttachRolePolicy",
            """{"roleName":"worker","policyArn":"arn:aws-cn:iam::aws:policy/IAMFullAccess"}"""),
        DetectionExample.Match("a group", EventSources.Iam, "AttachGroupPolicy",
            """{"groupName":"helpdesk","policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Iam, "AttachUserPolicy", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a harmless policy", EventSources.Iam, "AttachUserPolicy",
            """{"userName":"auditor","policyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}"""),
        DetectionExample.Ignore("a Lambda function's usual policy", EventSources.Iam, "AttachRolePolicy",
            """{"roleName":"worker","policyArn":"arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"}"""),
        DetectionExample.Ignore("a policy of the customer's own with an AWS policy's name", EventSources.Iam, "AttachRolePolicy",
            """{"roleName":"worker","policyArn":"arn:aws:iam::111122223333:policy/AdministratorAccess"}"""),
    ];
}
