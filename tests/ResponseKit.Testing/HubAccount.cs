using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using Amazon.SecurityToken;
using ResponseKit.Aws.Accounts;
using ResponseKit.Emulator;

namespace ResponseKit.Testing;

/// <summary>The security account: its one user may assume responder roles and nothing else, and IAM is enforced.</summary>
public sealed class HubAccount
{
    private const string MayAssume =
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::*:role/ResponseKitResponder"}}""";

    private const string Everything = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";

    private readonly ClientSettings settings;

    private HubAccount(string id, AWSCredentials credentials, ClientSettings settings)
    {
        Id = id;
        Credentials = credentials;
        this.settings = settings;
    }

    /// <summary>The account's twelve digits.</summary>
    public string Id { get; }

    /// <summary>The credentials of the responder's own principal.</summary>
    public AWSCredentials Credentials { get; }

    /// <summary>
    /// Makes the responder role in an account, trusting this one, with the rights of an administrator, and turns IAM on there: what a run may do
    /// is then exactly what its action declares.
    /// </summary>
    public async Task<IAccountAccess> AdmitToAsync(TestAccount account, string region)
    {
        var trust = $$"""
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{Id}}:root"},"Action":"sts:AssumeRole"}]}
            """;
        var role = new ResponderRole();
        var iam = account.Admin.Iam(region);
        await iam.CreateRoleAsync(new CreateRoleRequest { RoleName = role.Name, AssumeRolePolicyDocument = trust });
        await iam.PutRolePolicyAsync(new PutRolePolicyRequest { RoleName = role.Name, PolicyName = "administrator", PolicyDocument = Everything });
        await account.EnforceIamAsync();
        var sts = new AmazonSecurityTokenServiceClient(Credentials, settings.For(new AmazonSecurityTokenServiceConfig(), region));
        return new AssumedAccountAccess(sts, role, settings);
    }

    internal static async Task<HubAccount> CreateAsync(EmulatorProcess emulator, CancellationToken cancellationToken)
    {
        var id = TestAccount.RandomId();
        var settings = EmulatorFixture.SettingsFor(emulator);
        using var admin = new AwsClients(TestAccount.CredentialsOf(TestAccount.AdministratorKey(id), "any", null), id, settings);
        var iam = admin.Iam("us-east-1");
        await iam.CreateUserAsync(new CreateUserRequest { UserName = "responsekit" }, cancellationToken);
        await iam.PutUserPolicyAsync(new PutUserPolicyRequest { UserName = "responsekit", PolicyName = "assume", PolicyDocument = MayAssume }, cancellationToken);
        var made = await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "responsekit" }, cancellationToken);
        await emulator.Control.EnforceAsync(enabled: true, id, cancellationToken);
        return new HubAccount(id, new BasicAWSCredentials(made.AccessKey.AccessKeyId, made.AccessKey.SecretAccessKey), settings);
    }
}
