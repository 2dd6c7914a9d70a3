using System.Collections.Immutable;
using ResponseKit.Records;
using static ResponseKit.Correlation.Lineage.Changes.Row;

namespace ResponseKit.Correlation.Lineage.Changes;

/// <summary>What the account may use and from whom it takes orders: regions, quotas, models, mail, the organization, Identity Center, Roles Anywhere.</summary>
public sealed class AccountChanges : IChangeRules
{
    private const string Organizations = EventSources.Organizations;
    private const string Sso = EventSources.Sso;

    /// <inheritdoc/>
    public ImmutableArray<ChangeRule> Rules { get; } =
    [
        Opened(EventSources.Account, "region", "EnableRegion") with
        {
            Label = "{name}",
            Values = [Value("name", "request.regionName")],
            Commands = ["aws account disable-region --region-name {name}"],
            Needs = ["account:DisableRegion"],
            Note = "First end what runs in it: what runs there goes on, and is paid for, while nobody can see it.",
            Example = ("""{"regionName":"af-south-1"}""", "{}"),
        },
        Enlarged(EventSources.ServiceQuotas, "service quota", "RequestServiceQuotaIncrease") with
        {
            Label = "{service}/{quota}",
            Values = [Value("service", "request.serviceCode"), Value("quota", "request.quotaCode")],
            Commands = ["aws service-quotas list-requested-service-quota-change-history-by-quota --service-code {service} --quota-code {quota}"],
            Needs = ["servicequotas:ListRequestedServiceQuotaChangeHistoryByQuota"],
            Note = "A request cannot be taken back: answer the case that the command names, or ask AWS Support to close it.",
            Example = ("""{"serviceCode":"ec2","quotaCode":"L-1216C47A","desiredValue":2000}""", "{}"),
        },
        Opened(EventSources.Bedrock, "access to a Bedrock model", "CreateFoundationModelAgreement", "PutFoundationModelEntitlement") with
        {
            Label = "{model}",
            Values = [Value("model", "request.modelId")],
            Commands = ["aws bedrock delete-foundation-model-agreement --model-id {model}"],
            Needs = ["bedrock:DeleteFoundationModelAgreement"],
            Example = ("""{"modelId":"anthropic.claude-3-sonnet-20240229-v1:0"}""", "{}"),
        },
        Opened(EventSources.Bedrock, "form for Bedrock models", "PutUseCaseForModelAccess") with
        {
            Note = "A form that was sent gives nothing by itself and cannot be taken back; the agreements that follow it are told one by one.",
        },
        Made(EventSources.Bedrock, "provisioned throughput of a Bedrock model", "CreateProvisionedModelThroughput") with
        {
            Label = "{arn}",
            Values = [Value("arn", "response.provisionedModelArn")],
            Commands = ["aws bedrock delete-provisioned-model-throughput --provisioned-model-id {arn}"],
            Needs = ["bedrock:DeleteProvisionedModelThroughput"],
            Note = "One with a commitment cannot be deleted before its term: open a case with AWS Support for billing at once, and name the incident.",
            Example = ("""{"modelUnits":2}""", """{"provisionedModelArn":"arn:aws:bedrock:us-east-1:111122223333:provisioned-model/0a1b2c3d"}"""),
        },
        Opened(EventSources.Ses, "identity to send mail as", "CreateEmailIdentity", "VerifyEmailIdentity", "VerifyEmailAddress", "VerifyDomainIdentity") with
        {
            Label = "{identity}",
            Values = [Value("identity", "request.emailIdentity", "request.domain", "request.emailAddress")],
            Commands = ["aws sesv2 delete-email-identity --email-identity {identity}"],
            Needs = ["ses:DeleteEmailIdentity"],
            Note = "CloudTrail hides addresses: aws sesv2 list-email-identities shows them.",
            Example = ("""{"emailIdentity":"acme-billing.example"}""", "{}"),
        },
        Opened(EventSources.Ses, "sending of mail", "UpdateAccountSendingEnabled", "PutAccountSendingAttributes") with
        {
            When = record => (record.Request["enabled"].Flag ?? record.Request["sendingEnabled"].Flag) != false,
            Commands = ["aws sesv2 put-account-sending-attributes --no-sending-enabled"],
            Needs = ["ses:PutAccountSendingAttributes"],
            Note = "This stops all mail of the account in this region, also that of others.",
            Example = ("""{"enabled":true}""", "{}"),
        },
        Opened(EventSources.Ses, "production access to mail", "PutAccountDetails") with
        {
            Commands = ["aws sesv2 put-account-sending-attributes --no-sending-enabled"],
            Needs = ["ses:PutAccountSendingAttributes"],
            Note = "The request cannot be taken back: answer its case at AWS Support. The command stops all mail of the account in this region until you know.",
            Example = ("""{"mailType":"TRANSACTIONAL"}""", "{}"),
        },
        Opened(Organizations, "invitation of an account", "InviteAccountToOrganization") with
        {
            Label = "{handshake}",
            Values = [Value("handshake", "response.handshake.id")],
            Commands = ["aws organizations cancel-handshake --handshake-id {handshake}"],
            Needs = ["organizations:CancelHandshake"],
            Example = ("""{"target":{"type":"ACCOUNT","id":"444455556666"}}""", """{"handshake":{"id":"h-0a1b2c3d"}}"""),
        },
        Altered(Organizations, "organization of the account", "AcceptHandshake") with
        {
            Commands = ["aws organizations describe-organization", "aws organizations leave-organization"],
            Needs = ["organizations:DescribeOrganization", "organizations:LeaveOrganization"],
            Note = "If the first command shows an organization that is not yours: its management account can do anything here. Leave it, and call AWS Support.",
            Example = ("""{"handshakeId":"h-0a1b2c3d"}""", "{}"),
        },
        Made(Organizations, "account", "CreateAccount") with
        {
            Label = "{request}",
            Values = [Value("request", "response.createAccountStatus.id")],
            Commands =
            [
                "aws organizations describe-create-account-status --create-account-request-id {request}", "aws organizations close-account --account-id {account-id-new}",
            ],
            Needs = ["organizations:DescribeCreateAccountStatus", "organizations:CloseAccount"],
            Note = "Look what runs in it before closing it, from the management account.",
            Example = ("{}", """{"createAccountStatus":{"id":"car-0a1b2c3d"}}"""),
        },
        Removed(Organizations, "organization policy of a target", "DetachPolicy") with
        {
            Label = "{policy} on {target}",
            Values = [Value("policy", "request.policyId"), Value("target", "request.targetId")],
            Commands = ["aws organizations attach-policy --policy-id {policy} --target-id {target}"],
            Needs = ["organizations:AttachPolicy"],
            Example = ("""{"policyId":"p-0a1b2c3d","targetId":"444455556666"}""", "{}"),
        },
        Removed(Organizations, "organization policy", "DeletePolicy") with
        {
            Label = "{policy}",
            Values = [Value("policy", "request.policyId")],
            Commands =
            [
                "aws organizations create-policy --type SERVICE_CONTROL_POLICY --name {name-before} --description {description-before} --content file://policy-before.json",
                "aws organizations attach-policy --policy-id {policy-new} --target-id {target-before}",
            ],
            Needs = ["organizations:CreatePolicy", "organizations:AttachPolicy"],
            Note = "Where ResponseKit's guardrails are concerned deploy them anew instead.",
            Example = ("""{"policyId":"p-0a1b2c3d"}""", "{}"),
        },
        Removed(Organizations, "type of organization policies", "DisablePolicyType") with
        {
            Label = "{type}",
            Values = [Value("root", "request.rootId"), Value("type", "request.policyType")],
            Commands = ["aws organizations enable-policy-type --root-id {root} --policy-type {type}"],
            Needs = ["organizations:EnablePolicyType"],
            Note = "All policies of the type came off their targets: attach them again.",
            Example = ("""{"rootId":"r-0a1b","policyType":"SERVICE_CONTROL_POLICY"}""", "{}"),
        },
        Removed(Organizations, "account of the organization", "RemoveAccountFromOrganization", "LeaveOrganization") with
        {
            Commands = ["aws organizations invite-account-to-organization --target Type=ACCOUNT,Id={account-id-before}"],
            Needs = ["organizations:InviteAccountToOrganization"],
            Note = "The account has to accept, so it takes somebody who can still sign in there. Until then no service control policy binds it.",
            Example = ("""{"accountId":"444455556666"}""", "{}"),
        },
        Opened(Sso, "assignment in Identity Center", "CreateAccountAssignment") with
        {
            Label = "of {principal} to {target}",
            Values =
            [
                Value("instance", "request.instanceArn"), Value("set", "request.permissionSetArn"), Value("target", "request.targetId"),
                Value("type", "request.principalType"), Value("principal", "request.principalId"),
            ],
            Commands =
            [
                "aws sso-admin delete-account-assignment --instance-arn {instance} --permission-set-arn {set} --target-type AWS_ACCOUNT --target-id {target} "
                    + "--principal-type {type} --principal-id {principal}",
            ],
            Needs = ["sso:DeleteAccountAssignment"],
            Note = "Sessions go on until they expire: revoke them in Identity Center.",
            Example = (
                """
                {"instanceArn":"arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071","targetId":"444455556666","permissionSetArn":"arn:aws:sso:::permissionSet/ssoins-0a1b2c3d4e5f6071/ps-0a1b2c3d4e5f6071","principalType":"USER","principalId":"01cb45c0-c071-70a1-0a3a-e417bf7fd8ff"}
                """,
                "{}"),
        },
        Made(Sso, "permission set", "CreatePermissionSet") with
        {
            Label = "{set}",
            Values = [Value("instance", "request.instanceArn"), Value("set", "response.permissionSet.permissionSetArn")],
            Commands =
            [
                "aws sso-admin list-accounts-for-provisioned-permission-set --instance-arn {instance} --permission-set-arn {set}",
                "aws sso-admin delete-permission-set --instance-arn {instance} --permission-set-arn {set}",
            ],
            Needs = ["sso:ListAccountsForProvisionedPermissionSet", "sso:DeletePermissionSet"],
            Note = "Delete its assignments first, in the accounts that the first command lists.",
            Example = (
                """{"name":"Support","instanceArn":"arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071"}""",
                """{"permissionSet":{"permissionSetArn":"arn:aws:sso:::permissionSet/ssoins-0a1b2c3d4e5f6071/ps-0a1b2c3d4e5f6071"}}"""),
        },
        Opened(Sso, "inline policy of a permission set", "PutInlinePolicyToPermissionSet") with
        {
            Label = "{set}",
            Values = [Value("instance", "request.instanceArn"), Value("set", "request.permissionSetArn")],
            Commands =
            [
                "aws sso-admin get-inline-policy-for-permission-set --instance-arn {instance} --permission-set-arn {set}",
                "aws sso-admin delete-inline-policy-from-permission-set --instance-arn {instance} --permission-set-arn {set}",
                "aws sso-admin provision-permission-set --instance-arn {instance} --permission-set-arn {set} --target-type ALL_PROVISIONED_ACCOUNTS",
            ],
            Needs = ["sso:GetInlinePolicyForPermissionSet", "sso:DeleteInlinePolicyFromPermissionSet", "sso:ProvisionPermissionSet"],
            Note = "If it had an inline policy before, put that one back instead of deleting.",
            Example = (
                """
                {"instanceArn":"arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071","permissionSetArn":"arn:aws:sso:::permissionSet/ssoins-0a1b2c3d4e5f6071/ps-0a1b2c3d4e5f6071","inlinePolicy":"{}"}
                """,
                "{}"),
        },
        Opened(Sso, "managed policy of a permission set", "AttachManagedPolicyToPermissionSet") with
        {
            Label = "{policy} of {set}",
            Values = [Value("instance", "request.instanceArn"), Value("set", "request.permissionSetArn"), Value("policy", "request.managedPolicyArn")],
            Commands =
            [
                "aws sso-admin detach-managed-policy-from-permission-set --instance-arn {instance} --permission-set-arn {set} --managed-policy-arn {policy}",
                "aws sso-admin provision-permission-set --instance-arn {instance} --permission-set-arn {set} --target-type ALL_PROVISIONED_ACCOUNTS",
            ],
            Needs = ["sso:DetachManagedPolicyFromPermissionSet", "sso:ProvisionPermissionSet"],
            Example = (
                """
                {"instanceArn":"arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071","permissionSetArn":"arn:aws:sso:::permissionSet/ssoins-0a1b2c3d4e5f6071/ps-0a1b2c3d4e5f6071","managedPolicyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}
                """,
                "{}"),
        },
        .. from source in new[] { EventSources.IdentityStore, EventSources.SsoDirectory } select Person(source),
        Opened(EventSources.RolesAnywhere, "trust anchor of Roles Anywhere", "CreateTrustAnchor") with
        {
            Label = "{id}",
            Values = [Value("id", "response.trustAnchor.trustAnchorId")],
            Commands = ["aws rolesanywhere disable-trust-anchor --trust-anchor-id {id}", "aws rolesanywhere delete-trust-anchor --trust-anchor-id {id}"],
            Needs = ["rolesanywhere:DisableTrustAnchor", "rolesanywhere:DeleteTrustAnchor"],
            Note = "Sessions that it opened go on until they expire: revoke those of the roles that its profiles name.",
            Example = ("""{"name":"anchor"}""", """{"trustAnchor":{"trustAnchorId":"0a1b2c3d-0000-1111-2222-0a1b2c3d4e5f"}}"""),
        },
        Opened(EventSources.RolesAnywhere, "profile of Roles Anywhere", "CreateProfile") with
        {
            Label = "{id}",
            Values = [Value("id", "response.profile.profileId")],
            Commands = ["aws rolesanywhere disable-profile --profile-id {id}", "aws rolesanywhere delete-profile --profile-id {id}"],
            Needs = ["rolesanywhere:DisableProfile", "rolesanywhere:DeleteProfile"],
            Note = "Sessions that it opened go on until they expire: revoke those of the roles that it names.",
            Example = ("""{"name":"profile"}""", """{"profile":{"profileId":"0a1b2c3d-0000-1111-2222-0a1b2c3d4e5f"}}"""),
        },
    ];

    // CloudTrail has the call of programs under one name, and that of the console under the other.
    private static ChangeRule Person(string source) => Made(source, "user of Identity Center", "CreateUser") with
    {
        Label = "{user}",
        Values = [Value("store", "request.identityStoreId"), Value("user", "response.userId", "response.user.userId")],
        Commands = ["aws identitystore delete-user --identity-store-id {store} --user-id {user}"],
        Needs = ["identitystore:DeleteUser"],
        Note = "Sessions go on until they expire: disable the user in the console and revoke the sessions first.",
        Example = ("""{"identityStoreId":"d-0a1b2c3d4e"}""", """{"userId":"01cb45c0-c071-70a1-0a3a-e417bf7fd8ff"}"""),
    };
}
