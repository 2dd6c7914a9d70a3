using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Detections;
using ResponseKit.Detections.Iam;
using ResponseKit.Records;
using ResponseKit.Resources;
using ResponseKit.Text;

namespace ResponseKit.Correlation.Lineage;

/// <summary>Users, roles and credentials that were made, access keys that were switched on, users that were renamed, and identities that were given more rights or another password.</summary>
public sealed class IamLineage : ILineageReader
{
    private const string Iam = "iam.amazonaws.com";

    private static readonly Charset UniqueIds = new(Charset.Alphanumeric, 128);

    private static readonly Selector UserChanges = Selector.Writes(
        Iam, "UpdateLoginProfile", "AttachUserPolicy", "PutUserPolicy", "AddUserToGroup");

    private static readonly Selector Credentials = Selector.Writes(
        Iam, "CreateLoginProfile", "CreateServiceSpecificCredential", "UploadSSHPublicKey", "UploadSigningCertificate");

    private static readonly Selector SwitchedOn = Selector.Writes(
        Iam, "UpdateAccessKey", "UpdateServiceSpecificCredential", "UpdateSSHPublicKey", "UpdateSigningCertificate");


    private static readonly Selector RoleChanges = Selector.Writes(Iam, "AttachRolePolicy", "PutRolePolicy");

    /// <inheritdoc/>
    public ImmutableArray<Selector> Selectors { get; } = [Selector.Writes(Iam, "CreateUser", "CreateRole", "CreateAccessKey", "UpdateUser", "UpdateAssumeRolePolicy", "CreatePolicyVersion", "SetDefaultPolicyVersion"), Credentials, SwitchedOn, UserChanges, RoleChanges];

    /// <inheritdoc/>
    public IEnumerable<LineageEntry> Read(CloudTrailRecord record)
    {
        var (user, role) = (record.Request["userName"].Text, record.Request["roleName"].Text);
        return record.EventName switch
        {
            "CreateUser" => Identified(record.Response["user"]["userId"], record.Created(ResourceKind.IamUser, user, record.Request["path"].Text ?? "/")),
            "CreateRole" => Identified(record.Response["role"]["roleId"], record.Created(ResourceKind.IamRole, role, record.Request["path"].Text ?? "/")),
            "CreateAccessKey" => record.Created(ResourceKind.AccessKey, $"{OwnerOfKey(record)}/{NewKey(record)}"),
            "UpdateAssumeRolePolicy" => record.Altered(ResourceKind.RoleTrust, role),
            "CreatePolicyVersion" when record.Request["setAsDefault"].Flag is not true => [],
            "CreatePolicyVersion" or "SetDefaultPolicyVersion" => record.Altered(ResourceKind.ManagedPolicy, record.Request["policyArn"].Text),
            "CreateLoginProfile" => record.Created(ResourceKind.LoginProfile, record.Response["loginProfile"]["userName"].Text ?? Owner(record)),
            "CreateServiceSpecificCredential" => Credential(record, "service-credential", "serviceSpecificCredential", "serviceSpecificCredentialId"),
            "UploadSSHPublicKey" => Credential(record, "ssh-key", "sSHPublicKey", "sSHPublicKeyId"),
            "UploadSigningCertificate" => Credential(record, "signing-certificate", "certificate", "certificateId"),
            "UpdateAccessKey" => Altered(record, "access-key", "accessKeyId"),
            "UpdateServiceSpecificCredential" => Altered(record, "service-credential", "serviceSpecificCredentialId"),
            "UpdateSSHPublicKey" => Altered(record, "ssh-key", "sSHPublicKeyId"),
            "UpdateSigningCertificate" => Altered(record, "signing-certificate", "certificateId"),
            _ when UserChanges.Accepts(record) => record.Altered(ResourceKind.IamUser, user).Where(entry => IsOther(entry, record)),
            _ when RoleChanges.Accepts(record) => record.Altered(ResourceKind.IamRole, role).Where(entry => IsOther(entry, record)),
            _ => [],
        };
    }

    /// <inheritdoc/>
    public IEnumerable<CaseLink> Links(CloudTrailRecord record)
    {
        if (record.EventName == "CreateAccessKey")
        {
            return OwnerOfKey(record) is { } owner && owner != (record.Actor as Actor.User)?.Name && NewKey(record) is { } key && key != record.Actor.Key
                ? [new CaseLink(key, record.Actor.Key, record.Time) { Kind = LinkKind.MadeKey, Subject = UserOf(owner, record) }]
                : [];
        }

        // Whoever acts under the new name is who was known by the old one, whoever renamed them.
        if (record.EventName == "UpdateUser")
        {
            return record.Request["userName"].Text is { } old && record.Request["newUserName"].Text is { } name && old != name
                && UserOf(old, record) is { } before && UserOf(name, record) is { } after
                ? [new CaseLink(after, before, record.Time) { Kind = LinkKind.Renamed, Subject = after }]
                : [];
        }

        if (record.EventName is not ("CreateUser" or "CreateRole") || Read(record).FirstOrDefault()?.Resource.ToArn() is not { } made || made == record.Actor.Key)
            return [];
        return record.EventName == "CreateUser"
            ? [new CaseLink(made, record.Actor.Key, record.Time) { Kind = LinkKind.MadeUser, Subject = made }]
            : [new CaseLink(made, record.Actor.Key, record.Time) { Kind = LinkKind.MadeRole, Subject = made, Trust = TrustOf(record) }];
    }

    private static string? UserOf(string name, CloudTrailRecord record) =>
        ResourceRef.Parse(ResourceKind.IamUser, name, record.Account, record.Region)?.ToArn();

    private static RoleTrust TrustOf(CloudTrailRecord record)
    {
        var trust = record.Request["assumeRolePolicyDocument"];
        if (OutsideTrust.LetsIn(trust, record.Account))
            return RoleTrust.Outsiders;
        var trusted = PolicyDocument.Parse(trust)?.Statements.Where(statement => statement.Allows).SelectMany(statement => statement.Principals).ToList() ?? [];
        return trusted.Count == 0 ? RoleTrust.Unknown
            : trusted.TrueForAll(principal => principal is TrustedPrincipal.Service) ? RoleTrust.Services
            : RoleTrust.Insiders;
    }

    // IAM User Guide, "IAM identifiers": a unique id is never used again, a name may be.
    private static IEnumerable<LineageEntry> Identified(Field id, IEnumerable<LineageEntry> entries) =>
        entries.Select(entry => entry with { UniqueId = id.Text is { } text && UniqueIds.Fits(text) ? text : null });

    private static IEnumerable<LineageEntry> Credential(CloudTrailRecord record, string sort, string member, string id) =>
        (record.Response.Any(member)["userName"].Text ?? Owner(record)) is { } owner && record.Response.Any(member).Any(id).Text is { } made
            ? record.Created(ResourceKind.Credential, $"{owner}/{sort}/{made}")
            : [];

    private static IEnumerable<LineageEntry> Altered(CloudTrailRecord record, string sort, string id) =>
        record.Request["status"].Text != "Inactive" && Owner(record) is { } owner && record.Request.Any(id).Text is { } named
            ? record.Altered(ResourceKind.Credential, $"{owner}/{sort}/{named}")
            : [];

    private static string? OwnerOfKey(CloudTrailRecord record) => record.Response["accessKey"]["userName"].Text ?? Owner(record);

    // Left out of the request, the user is the caller (IAM API Reference, "CreateAccessKey").
    private static string? Owner(CloudTrailRecord record) => record.Request["userName"].Text ?? (record.Actor as Actor.User)?.Name;

    private static string? NewKey(CloudTrailRecord record) => record.Response["accessKey"]["accessKeyId"].Text;

    private static bool IsOther(LineageEntry entry, CloudTrailRecord record) => entry.Resource.ToArn() != record.Actor.Key;
}
