using System.Collections.Immutable;
using ResponseKit.Detections.Iam;
using ResponseKit.Records;

namespace ResponseKit.Detections.Sso;

/// <summary>Rights given through IAM Identity Center, in any account of the organization.</summary>
public sealed class AssignmentCreated : IDetection
{
    private const int AdminWeight = 25;
    private const int ToUserWeight = 12;
    private const int ToGroupWeight = 8;
    private const int SetWeight = 4;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "sso.assignment-created",
        Title = "Rights given through IAM Identity Center",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.AdditionalCloudRoles],
        Selectors =
        [
            Selector.Writes(
                EventSources.Sso, "CreateAccountAssignment", "CreatePermissionSet", "PutInlinePolicyToPermissionSet", "AttachManagedPolicyToPermissionSet"),
        ],
        Why = "One assignment opens every account of the organization to a user whom the intruder has made, and no account's own IAM shows why.",
        BenignCauses = ["Administrators of Identity Center at work", "Infrastructure as code for permission sets"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var request = record.Request;
        var (isToUser, account) = (request["principalType"].Text == "USER", Plain.Name(request["targetId"].Text));
        var (weight, did, todo, what) = record.EventName switch
        {
            "CreateAccountAssignment" => isToUser
                ? (ToUserWeight, "gave", "give", $"a user a permission set in the account {account}")
                : (ToGroupWeight, "gave", "give", $"a group a permission set in the account {account}"),
            "CreatePermissionSet" => (SetWeight, "created", "create", $"the permission set {Plain.Name(request["name"].Text)}"),
            "AttachManagedPolicyToPermissionSet" when ManagedPolicies.IsAdministrative(request["managedPolicyArn"].Text) =>
                (AdminWeight, "attached", "attach", $"{ManagedPolicies.Name(request["managedPolicyArn"].Text)} to a permission set"),
            "PutInlinePolicyToPermissionSet" when PolicyDocument.Parse(request["inlinePolicy"]) is { GrantsAdministration: true } =>
                (AdminWeight, "put", "put", "an administrative policy into a permission set"),
            _ => (0, "", "", ""),
        };
        return new Attempt(weight, Denied: weight / 3).Finding(record, did, todo, what)
            ?.With("permissionSetArn", request["permissionSetArn"].Text)
            .With("targetId", request["targetId"].Text)
            .With("principalId", request["principalId"].Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a user let into an account", EventSources.Sso, "CreateAccountAssignment",
            """{"targetId":"444455556666","permissionSetArn":"arn:aws:sso:::permissionSet/i/ps-1","principalType":"USER","principalId":"u-1"}"""),
        DetectionExample.Match("a group let into an account", EventSources.Sso, "CreateAccountAssignment",
            """{"targetId":"444455556666","permissionSetArn":"arn:aws:sso:::permissionSet/i/ps-1","principalType":"GROUP","principalId":"g-1"}"""),
        DetectionExample.Match("a permission set", EventSources.Sso, "CreatePermissionSet", """{"name":"Support","instanceArn":"arn:aws:sso:::instance/ssoins-1"}"""),
        DetectionExample.Match("a permission set made administrative", EventSources.Sso, "AttachManagedPolicyToPermissionSet",
            """{"permissionSetArn":"arn:aws:sso:::permissionSet/ssoins-1/ps-1","managedPolicyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}"""),
        DetectionExample.Match("a permission set made administrative by a policy of its own", EventSources.Sso, "PutInlinePolicyToPermissionSet",
            """{"inlinePolicy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}"}"""),
        DetectionExample.Ignore("a permission set that may read", EventSources.Sso, "AttachManagedPolicyToPermissionSet",
            """{"managedPolicyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}"""),
        DetectionExample.Ignore("a permission set that may do little", EventSources.Sso, "PutInlinePolicyToPermissionSet",
            """{"inlinePolicy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}]}"}"""),
        DetectionExample.Ignore("a permission set that exists already", EventSources.Sso, "CreatePermissionSet", """{"name":"Support"}""", "ConflictException"),
    ];
}
