using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Iam;

/// <summary>Makes users and roles to contain, and reads back what containment may touch.</summary>
internal static class IamSeed
{
    public const string Administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
    public const string ReadOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    public const string AllowAll = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";

    /// <summary>Ten managed policies: as many as a user or role may hold.</summary>
    public static readonly string[] TenPolicies =
    [
        .. new[]
        {
            "AdministratorAccess", "PowerUserAccess", "ReadOnlyAccess", "job-function/ViewOnlyAccess", "SecurityAudit", "IAMFullAccess", "AmazonEC2FullAccess",
            "AmazonEC2ReadOnlyAccess", "AmazonS3FullAccess", "AmazonSESFullAccess",
        }.Select(name => $"arn:aws:iam::aws:policy/{name}"),
    ];

    /// <summary>A policy document of exactly so many characters.</summary>
    public static string PaddedPolicy(int length)
    {
        const string start = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::""";
        const string end = "\"}]}";
        return start + new string('x', length - start.Length - end.Length) + end;
    }

    public static async Task UploadSshKeyAsync(IAmazonIdentityManagementService iam, string user)
    {
        using var rsa = RSA.Create(2048);
        await iam.UploadSSHPublicKeyAsync(new UploadSSHPublicKeyRequest { UserName = user, SSHPublicKeyBody = rsa.ExportSubjectPublicKeyInfoPem() });
    }

    public static async Task UploadCertificateAsync(IAmazonIdentityManagementService iam, string user)
    {
        using var rsa = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=" + user, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2036, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await iam.UploadSigningCertificateAsync(new UploadSigningCertificateRequest { UserName = user, CertificateBody = certificate.ExportCertificatePem() });
    }

    /// <summary>Everything about a user that containment may touch, but for the password, which cannot come back.</summary>
    public static async Task<string> UserStateAsync(IAmazonIdentityManagementService iam, string user)
    {
        User found;
        try
        {
            found = (await iam.GetUserAsync(new GetUserRequest { UserName = user })).User;
        }
        catch (NoSuchEntityException)
        {
            return "no such user";
        }

        var keys = (await iam.ListAccessKeysAsync(new ListAccessKeysRequest { UserName = user })).AccessKeyMetadata ?? [];
        var attached = (await iam.ListAttachedUserPoliciesAsync(new ListAttachedUserPoliciesRequest { UserName = user })).AttachedPolicies ?? [];
        var ssh = (await iam.ListSSHPublicKeysAsync(new ListSSHPublicKeysRequest { UserName = user })).SSHPublicKeys ?? [];
        var certificates = (await iam.ListSigningCertificatesAsync(new ListSigningCertificatesRequest { UserName = user })).Certificates ?? [];
        var passwords = (await iam.ListServiceSpecificCredentialsAsync(new ListServiceSpecificCredentialsRequest { UserName = user }))
            .ServiceSpecificCredentials ?? [];
        var inline = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var name in (await iam.ListUserPoliciesAsync(new ListUserPoliciesRequest { UserName = user })).PolicyNames ?? [])
            inline[name] = StateText.Document((await iam.GetUserPolicyAsync(new GetUserPolicyRequest { UserName = user, PolicyName = name })).PolicyDocument);
        return StateText.Of(new
        {
            found.Path,
            Boundary = found.PermissionsBoundary?.PermissionsBoundaryArn,
            Keys = keys.OrderBy(key => key.AccessKeyId, StringComparer.Ordinal).Select(key => new { key.AccessKeyId, key.Status }),
            Attached = attached.Select(policy => policy.PolicyArn).Order(StringComparer.Ordinal),
            Inline = inline,
            Ssh = ssh.Select(key => new { key.SSHPublicKeyId, key.Status }),
            Certificates = certificates.Select(certificate => new { certificate.CertificateId, certificate.Status }),
            Passwords = passwords.Select(password => new { password.ServiceSpecificCredentialId, password.Status }),
        });
    }

    /// <summary>Everything about a role that containment may touch.</summary>
    public static async Task<string> RoleStateAsync(IAmazonIdentityManagementService iam, string role)
    {
        Role found;
        try
        {
            found = (await iam.GetRoleAsync(new GetRoleRequest { RoleName = role })).Role;
        }
        catch (NoSuchEntityException)
        {
            return "no such role";
        }

        var attached = (await iam.ListAttachedRolePoliciesAsync(new ListAttachedRolePoliciesRequest { RoleName = role })).AttachedPolicies ?? [];
        var inline = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var name in (await iam.ListRolePoliciesAsync(new ListRolePoliciesRequest { RoleName = role })).PolicyNames ?? [])
            inline[name] = StateText.Document((await iam.GetRolePolicyAsync(new GetRolePolicyRequest { RoleName = role, PolicyName = name })).PolicyDocument);
        return StateText.Of(new
        {
            found.Path,
            Boundary = found.PermissionsBoundary?.PermissionsBoundaryArn,
            Attached = attached.Select(policy => policy.PolicyArn).Order(StringComparer.Ordinal),
            Inline = inline,
        });
    }
}
