using System.Collections.Immutable;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Accounts;
using ResponseKit.Resources;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Iam;

/// <summary>An innocent user, bob, and an intruder, with keys of their own, who may do everything.</summary>
internal sealed class CredentialScene : IDisposable
{
    private CredentialScene(TestAccount account, AwsClients theirs)
    {
        Account = account;
        Theirs = theirs.Iam("us-east-1");
        clients = theirs;
    }

    private readonly AwsClients clients;

    public TestAccount Account { get; }

    /// <summary>The account's own administrator.</summary>
    public IAmazonIdentityManagementService Admin => Account.Admin.Iam("us-east-1");

    /// <summary>The intruder.</summary>
    public IAmazonIdentityManagementService Theirs { get; }

    public string Intruder => $"arn:aws:iam::{Account.Id}:user/intruder";

    public static async Task<CredentialScene> CreateAsync(TestAccount account)
    {
        var iam = account.Admin.Iam("us-east-1");
        await iam.CreateUserAsync(new CreateUserRequest { UserName = "bob", Path = "/people/" });
        await iam.CreateUserAsync(new CreateUserRequest { UserName = "intruder" });
        await iam.AttachUserPolicyAsync(new AttachUserPolicyRequest { UserName = "intruder", PolicyArn = IamSeed.Administrator });
        var key = (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "intruder" })).AccessKey;
        return new CredentialScene(account, account.ClientsAs(key.AccessKeyId, key.SecretAccessKey, null));
    }

    /// <summary>Lets a second pass, so that what is recorded by the second tells before from after.</summary>
    public static Task NextSecondAsync() => Task.Delay(TimeSpan.FromMilliseconds(1100), TimeProvider.System);

    public static async Task<string> KeyAsync(IAmazonIdentityManagementService by, string user = "bob") =>
        (await by.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = user })).AccessKey.AccessKeyId;

    public static Task SetAsync(IAmazonIdentityManagementService by, string key, StatusType status, string user = "bob") =>
        by.UpdateAccessKeyAsync(new UpdateAccessKeyRequest { UserName = user, AccessKeyId = key, Status = status });

    public static async Task<string> ServiceCredentialAsync(IAmazonIdentityManagementService by) =>
        (await by.CreateServiceSpecificCredentialAsync(new CreateServiceSpecificCredentialRequest { UserName = "bob", ServiceName = "codecommit.amazonaws.com" }))
        .ServiceSpecificCredential.ServiceSpecificCredentialId;

    public async Task<string> SshKeyAsync(IAmazonIdentityManagementService by)
    {
        await IamSeed.UploadSshKeyAsync(by, "bob");
        return (await Admin.ListSSHPublicKeysAsync(new ListSSHPublicKeysRequest { UserName = "bob" })).SSHPublicKeys[^1].SSHPublicKeyId;
    }

    public async Task<string> CertificateAsync(IAmazonIdentityManagementService by)
    {
        await IamSeed.UploadCertificateAsync(by, "bob");
        return (await Admin.ListSigningCertificatesAsync(new ListSigningCertificatesRequest { UserName = "bob" })).Certificates[^1].CertificateId;
    }

    public ResourceRef Target(string name) => Account.Resource(ResourceKind.Credential, name);

    public ResourceRef Password(string user = "bob") => Account.Resource(ResourceKind.LoginProfile, user);

    /// <summary>Gives a user a password.</summary>
    public static Task GivePasswordAsync(IAmazonIdentityManagementService by, string user = "bob") =>
        by.CreateLoginProfileAsync(new CreateLoginProfileRequest { UserName = user, Password = "Correct-horse-9-battery" });

    public async Task<bool> HasPasswordAsync(string user = "bob")
    {
        try
        {
            await Admin.GetLoginProfileAsync(new GetLoginProfileRequest { UserName = user });
            return true;
        }
        catch (NoSuchEntityException)
        {
            return false;
        }
    }

    /// <summary>What a response tells of what the actor made.</summary>
    public ImmutableSortedDictionary<string, string> Made(string since) => Claims.Of(("since", since), ("begins", since), ("by", Intruder));

    /// <summary>What a response tells of what the actor changed.</summary>
    public ImmutableSortedDictionary<string, string> Changed(string begins) => Claims.Of(("begins", begins), ("by", Intruder));

    /// <summary>Whoever is in the account, as far as any action on credentials could touch them.</summary>
    public async Task<string> StateAsync()
    {
        var users = (await Admin.ListUsersAsync(new ListUsersRequest())).Users.Select(user => user.UserName).Order(StringComparer.Ordinal);
        var states = new List<string>();
        foreach (var user in users)
            states.Add($"{user}: {await IamSeed.UserStateAsync(Admin, user)}");
        return string.Join('\n', states);
    }

    public void Dispose() => clients.Dispose();
}
