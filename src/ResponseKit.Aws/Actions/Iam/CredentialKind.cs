using System.Collections.Immutable;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using Amazon.Runtime;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>One sort of long-lived credential of a user that IAM can make inactive.</summary>
/// <param name="Prefix">Of the keys of its steps.</param>
/// <param name="Noun">For people: "access key".</param>
/// <param name="ListCall">The call that lists them.</param>
/// <param name="UpdateCall">The call that sets the status.</param>
/// <param name="ListAsync">Lists a user's: ids and statuses.</param>
/// <param name="UpdateAsync">Sets the status of one: user, id, status.</param>
/// <param name="IdField">Where records of <paramref name="UpdateCall"/> have the id, in the request.</param>
internal sealed record CredentialKind(
    string Prefix,
    string Noun,
    string ListCall,
    string UpdateCall,
    Func<IAmazonIdentityManagementService, string, CancellationToken, Task<IReadOnlyList<Credential>>> ListAsync,
    Func<IAmazonIdentityManagementService, string, string, StatusType, CancellationToken, Task<AmazonWebServiceResponse>> UpdateAsync,
    string IdField)
{
    public static readonly CredentialKind AccessKey = new(
        "access-key", "access key", "iam:ListAccessKeys", "iam:UpdateAccessKey",
        async (iam, user, token) =>
        [
            .. (await iam.Paginators.ListAccessKeys(new ListAccessKeysRequest { UserName = user }).AccessKeyMetadata.AllAsync(token))
                .Select(key => new Credential(key.AccessKeyId, key.Status, Time.Of(key.CreateDate))),
        ],
        async (iam, user, id, status, token) =>
            await iam.UpdateAccessKeyAsync(new UpdateAccessKeyRequest { UserName = user, AccessKeyId = id, Status = status }, token),
        "accessKeyId");

    /// <summary>Passwords for CodeCommit and Keyspaces, and API keys for Bedrock. At most two a service, so one page.</summary>
    public static readonly CredentialKind ServiceCredential = new(
        "service-credential", "service-specific credential", "iam:ListServiceSpecificCredentials", "iam:UpdateServiceSpecificCredential",
        async (iam, user, token) =>
        [
            .. ((await iam.ListServiceSpecificCredentialsAsync(new ListServiceSpecificCredentialsRequest { UserName = user }, token))
                .ServiceSpecificCredentials ?? []).Select(each => new Credential(each.ServiceSpecificCredentialId, each.Status, Time.Of(each.CreateDate))),
        ],
        async (iam, user, id, status, token) => await iam.UpdateServiceSpecificCredentialAsync(
            new UpdateServiceSpecificCredentialRequest { UserName = user, ServiceSpecificCredentialId = id, Status = status }, token),
        "serviceSpecificCredentialId");

    public static readonly CredentialKind SshKey = new(
        "ssh-key", "SSH key", "iam:ListSSHPublicKeys", "iam:UpdateSSHPublicKey",
        async (iam, user, token) =>
        [
            .. (await iam.Paginators.ListSSHPublicKeys(new ListSSHPublicKeysRequest { UserName = user }).SSHPublicKeys.AllAsync(token))
                .Select(key => new Credential(key.SSHPublicKeyId, key.Status, Time.Of(key.UploadDate))),
        ],
        async (iam, user, id, status, token) =>
            await iam.UpdateSSHPublicKeyAsync(new UpdateSSHPublicKeyRequest { UserName = user, SSHPublicKeyId = id, Status = status }, token),
        "sSHPublicKeyId");

    public static readonly CredentialKind Certificate = new(
        "signing-certificate", "signing certificate", "iam:ListSigningCertificates", "iam:UpdateSigningCertificate",
        async (iam, user, token) =>
        [
            .. (await iam.Paginators.ListSigningCertificates(new ListSigningCertificatesRequest { UserName = user }).Certificates.AllAsync(token))
                .Select(certificate => new Credential(certificate.CertificateId, certificate.Status, Time.Of(certificate.UploadDate))),
        ],
        async (iam, user, id, status, token) => await iam.UpdateSigningCertificateAsync(
            new UpdateSigningCertificateRequest { UserName = user, CertificateId = id, Status = status }, token),
        "certificateId");

    /// <summary>Every kind, the most dangerous first.</summary>
    public static readonly ImmutableArray<CredentialKind> All = [AccessKey, ServiceCredential, SshKey, Certificate];
}
