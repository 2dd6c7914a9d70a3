using System.Collections.Immutable;
using ResponseKit.Records;
using ResponseKit.Resources;
using static ResponseKit.Correlation.Lineage.Changes.Row;

namespace ResponseKit.Correlation.Lineage.Changes;

/// <summary>IAM users and roles and their credentials, groups that were joined, MFA devices and identity providers.</summary>
public sealed class PrincipalChanges : IChangeRules
{
    private const string Iam = EventSources.Iam;

    private static readonly ChangeValue User = Value("user", "request.userName", "caller");

    private static readonly (ResourceKind, string) OfUser = (ResourceKind.IamUser, "{user}");

    /// <inheritdoc/>
    public ImmutableArray<ChangeRule> Rules { get; } =
    [
        Made(Iam, "IAM user", "CreateUser") with
        {
            Actions = ["iam.contain-user"],
            Note = "Contained, not deleted: it is evidence.",
            Example = ("""{"userName":"spare"}""", """{"user":{"userId":"AIDAEXAMPLEEXAMPLE222"}}"""),
        },
        Made(Iam, "IAM role", "CreateRole") with
        {
            Actions = ["iam.contain-role"],
            Note = "Contained, not deleted: it is evidence.",
            Example = ("""{"roleName":"spare"}""", """{"role":{"roleId":"AROAEXAMPLEEXAMPLE222"}}"""),
        },
        Made(Iam, "service-linked role", "CreateServiceLinkedRole") with
        {
            Label = "{role}",
            Values = [Value("role", "response.role.roleName")],
            Commands = ["aws iam delete-service-linked-role --role-name {role}"],
            Needs = ["iam:DeleteServiceLinkedRole"],
            Note = "Only the service can act by it, and what the service runs is ended by itself. IAM deletes it once nothing needs it any more.",
            Example = ("""{"aWSServiceName":"spot.amazonaws.com"}""", """{"role":{"roleName":"AWSServiceRoleForEC2Spot"}}"""),
        },
        Made(Iam, "access key", "CreateAccessKey") with
        {
            Actions = ["iam.deactivate-access-key"],
            Note = "That key alone; the user's other key and rights stay.",
            Example = ("""{"userName":"bob"}""", """{"accessKey":{"userName":"bob","accessKeyId":"AKIAEXAMPLEEXAMPLE22"}}"""),
        },
        Opened(Iam, "access key", "UpdateAccessKey") with
        {
            Actions = ["iam.withdraw-credential"],
            Note = "If the event history says that it had been inactive before the incident; else a person is asked, for setting an active key active changes nothing.",
            Example = ("""{"userName":"bob","accessKeyId":"AKIAEXAMPLEEXAMPLE22","status":"Active"}""", "{}"),
        },
        Made(Iam, "console password", "CreateLoginProfile") with
        {
            Actions = ["iam.remove-password"],
            Note = "If nobody else has set it since; the user had none before.",
            Example = ("""{"userName":"bob"}""", """{"loginProfile":{"userName":"bob"}}"""),
        },
        Altered(Iam, "console password", "UpdateLoginProfile") with
        {
            Label = "of the user {user}",
            Values = [User],
            About = OfUser,
            Commands = ["aws iam delete-login-profile --user-name {user}"],
            Needs = ["iam:DeleteLoginProfile"],
            Note = "The actor knows it. Its owner gets a new one when you have reached them.",
            Example = ("""{"userName":"bob"}""", "{}"),
        },
        Made(Iam, "service credential", "CreateServiceSpecificCredential") with
        {
            Actions = ["iam.withdraw-credential"],
            Note = "That credential alone; whatever else the user has stays.",
            Example = (
                """{"userName":"bob","serviceName":"codecommit.amazonaws.com"}""",
                """{"serviceSpecificCredential":{"userName":"bob","serviceSpecificCredentialId":"ACCAEXAMPLEEXAMPLE22"}}"""),
        },
        Made(Iam, "SSH public key", "UploadSSHPublicKey") with
        {
            Actions = ["iam.withdraw-credential"],
            Note = "That credential alone; whatever else the user has stays.",
            Example = ("""{"userName":"bob"}""", """{"sSHPublicKey":{"userName":"bob","sSHPublicKeyId":"APKAEXAMPLEEXAMPLE22"}}"""),
        },
        Made(Iam, "signing certificate", "UploadSigningCertificate") with
        {
            Actions = ["iam.withdraw-credential"],
            Note = "That credential alone; whatever else the user has stays.",
            Example = ("""{"userName":"bob"}""", """{"certificate":{"userName":"bob","certificateId":"TA7SMP42TDN5Z26OBPJE7EXAMPLE"}}"""),
        },
        Opened(Iam, "credential of a user", "UpdateServiceSpecificCredential", "UpdateSSHPublicKey", "UpdateSigningCertificate") with
        {
            Actions = ["iam.withdraw-credential"],
            Note = "If the event history says that it had been inactive before the incident; else a person is asked.",
            Example = (
                """{"userName":"bob","serviceSpecificCredentialId":"ACCAEXAMPLEEXAMPLE22","sSHPublicKeyId":"APKAEXAMPLEEXAMPLE22","certificateId":"TA7SMP42TDN5Z26OBPJE7EXAMPLE","status":"Active"}""",
                "{}"),
        },
        Opened(Iam, "group membership", "AddUserToGroup") with
        {
            Label = "of the user {user} in {group}",
            Values = [User, Value("group", "request.groupName")],
            About = OfUser,
            Commands = ["aws iam remove-user-from-group --user-name {user} --group-name {group}"],
            Needs = ["iam:RemoveUserFromGroup"],
            Note = "Only if the user was not in the group before: adding a member again changes nothing.",
            Example = ("""{"userName":"bob","groupName":"admins"}""", "{}"),
        },
        Altered(Iam, "name of an IAM user", "UpdateUser") with
        {
            Label = "{user}, now {name}",
            When = record => record.Request["newUserName"].IsPresent || record.Request["newPath"].IsPresent,
            Values = [User, Value("name", "request.newUserName", "request.userName")],
            Commands = ["aws iam get-user --user-name {name}", "aws iam update-user --user-name {name} --new-user-name {user} --new-path {path-before}"],
            Needs = ["iam:GetUser", "iam:UpdateUser"],
            Note = "Policies and alarms that name the user by its name or path do not mean it any more.",
            Example = ("""{"userName":"bob","newUserName":"bib"}""", "{}"),
        },
        Removed(Iam, "MFA device", "DeactivateMFADevice", "DeleteVirtualMFADevice") with
        {
            Label = "{serial}",
            Values = [Value("serial", "request.serialNumber")],
            Commands = ["aws iam list-mfa-devices --user-name {owner-before}"],
            Needs = ["iam:ListMFADevices"],
            Note = "Its owner has to enrol one again; until then take the console password away.",
            Example = ("""{"userName":"bob","serialNumber":"arn:aws:iam::111122223333:mfa/bob"}""", "{}"),
        },
        Made(Iam, "MFA device", "EnableMFADevice") with
        {
            Label = "{serial} of the user {user}",
            Values = [User, Value("serial", "request.serialNumber")],
            About = OfUser,
            Commands = ["aws iam deactivate-mfa-device --user-name {user} --serial-number {serial}"],
            Needs = ["iam:DeactivateMFADevice"],
            Note = "Whoever holds it passes for the user where a second factor is asked for.",
            Example = ("""{"userName":"bob","serialNumber":"arn:aws:iam::111122223333:mfa/x"}""", "{}"),
        },
        Made(Iam, "SAML provider", "CreateSAMLProvider") with
        {
            Label = "{arn}",
            Values = [Value("arn", "response.sAMLProviderArn")],
            Commands = ["aws iam delete-saml-provider --saml-provider-arn {arn}"],
            Needs = ["iam:DeleteSAMLProvider"],
            Note = "Sessions that it opened go on until they expire: cut the roles that trust it, too.",
            Example = ("""{"name":"x"}""", """{"sAMLProviderArn":"arn:aws:iam::111122223333:saml-provider/x"}"""),
        },
        Altered(Iam, "SAML provider", "UpdateSAMLProvider") with
        {
            Label = "{arn}",
            Values = [Value("arn", "request.sAMLProviderArn")],
            Commands = ["aws iam update-saml-provider --saml-provider-arn {arn} --saml-metadata-document file://metadata-from-your-identity-provider.xml"],
            Needs = ["iam:UpdateSAMLProvider"],
            Note = "Whoever holds the key in the document that was put in can be anybody: fetch the right one from your identity provider.",
            Example = ("""{"sAMLProviderArn":"arn:aws:iam::111122223333:saml-provider/corp"}""", "{}"),
        },
        Made(Iam, "OpenID Connect provider", "CreateOpenIDConnectProvider") with
        {
            Label = "{arn}",
            Values = [Value("arn", "response.openIDConnectProviderArn")],
            Commands = ["aws iam delete-open-id-connect-provider --open-id-connect-provider-arn {arn}"],
            Needs = ["iam:DeleteOpenIDConnectProvider"],
            Note = "Sessions that it opened go on until they expire: cut the roles that trust it, too.",
            Example = ("""{"url":"https://x.example"}""", """{"openIDConnectProviderArn":"arn:aws:iam::111122223333:oidc-provider/x.example"}"""),
        },
        Opened(Iam, "OpenID Connect provider", "AddClientIDToOpenIDConnectProvider") with
        {
            Label = "{arn} to the client {client}",
            Values = [Value("arn", "request.openIDConnectProviderArn"), Value("client", "request.clientID")],
            Commands = ["aws iam remove-client-id-from-open-id-connect-provider --open-id-connect-provider-arn {arn} --client-id {client}"],
            Needs = ["iam:RemoveClientIDFromOpenIDConnectProvider"],
            Example = ("""{"openIDConnectProviderArn":"arn:aws:iam::111122223333:oidc-provider/ci.example","clientID":"x"}""", "{}"),
        },
        Altered(Iam, "OpenID Connect provider", "UpdateOpenIDConnectProviderThumbprint") with
        {
            Label = "{arn}",
            Values = [Value("arn", "request.openIDConnectProviderArn")],
            Commands = ["aws iam update-open-id-connect-provider-thumbprint --open-id-connect-provider-arn {arn} --thumbprint-list {thumbprint-before}"],
            Needs = ["iam:UpdateOpenIDConnectProviderThumbprint"],
            Note = "Compute the thumbprint of the provider's own certificate authority (IAM User Guide, \"Obtain the thumbprint\").",
            Example = ("""{"openIDConnectProviderArn":"arn:aws:iam::111122223333:oidc-provider/ci.example"}""", "{}"),
        },
    ];
}
