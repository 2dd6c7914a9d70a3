using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using Amazon.SecurityToken.Model;

namespace ResponseKit.Cli.Drill.Estate;

/// <summary>How the attacker got in. One of <see cref="LeakedUserKey"/>, <see cref="StolenRoleSession"/>.</summary>
internal abstract class Foothold
{
    /// <summary>What was stolen, in words.</summary>
    public abstract string What { get; }

    /// <summary>Makes the principal and gives the credentials that the attacker will have.</summary>
    public abstract Task<AWSCredentials> SeedAsync(DrillAccount account, string region, CancellationToken cancellationToken);

    /// <summary>Further credentials that the attacker makes of the stolen ones, by what they are; they outlive the key unless the principal is contained.</summary>
    public abstract Task<IReadOnlyDictionary<string, AWSCredentials>> DeriveAsync(DrillClients stolen, string region, CancellationToken cancellationToken);

    /// <summary>Whether the rightful users of the principal can still work after the response; null where there are none.</summary>
    public abstract Task<bool?> RightfulUseWorksAsync(DrillAccount account, string region, CancellationToken cancellationToken);
}

/// <summary>The long-term key of an administrator user, found on a public page.</summary>
internal sealed class LeakedUserKey : Foothold
{
    public const string User = "ci-deploy";

    public override string What => $"the access key of the IAM user {User}";

    public override async Task<AWSCredentials> SeedAsync(DrillAccount account, string region, CancellationToken cancellationToken)
    {
        var iam = account.Administrator.Aws.Iam(region);
        await iam.CreateUserAsync(new CreateUserRequest { UserName = User, Path = "/machines/" }, cancellationToken);
        await iam.AttachUserPolicyAsync(new AttachUserPolicyRequest { UserName = User, PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess" }, cancellationToken);
        var key = (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = User }, cancellationToken)).AccessKey;
        return new BasicAWSCredentials(key.AccessKeyId, key.SecretAccessKey);
    }

    public override async Task<IReadOnlyDictionary<string, AWSCredentials>> DeriveAsync(DrillClients stolen, string region, CancellationToken cancellationToken)
    {
        var session = await stolen.Sts(region).GetSessionTokenAsync(new GetSessionTokenRequest { DurationSeconds = 129600 }, cancellationToken);
        return new Dictionary<string, AWSCredentials>(StringComparer.Ordinal) { ["a 36-hour session minted from the stolen key"] = session.Credentials };
    }

    public override Task<bool?> RightfulUseWorksAsync(DrillAccount account, string region, CancellationToken cancellationToken) => Task.FromResult<bool?>(null);
}

/// <summary>The session of a role that a build system uses all day, taken from one of its builds.</summary>
internal sealed class StolenRoleSession : Foothold
{
    public const string Role = "build-runner";
    private const string Owner = "build-system";
    private AWSCredentials? owner;

    public override string What => $"a session of the IAM role {Role}";

    public override async Task<AWSCredentials> SeedAsync(DrillAccount account, string region, CancellationToken cancellationToken)
    {
        var iam = account.Administrator.Aws.Iam(region);
        await iam.CreateUserAsync(new CreateUserRequest { UserName = Owner }, cancellationToken);
        await iam.PutUserPolicyAsync(
            new PutUserPolicyRequest
            {
                UserName = Owner,
                PolicyName = "enter",
                PolicyDocument = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::{{DrillAccount.Id}}:role/machines/{{Role}}"}]}""",
            },
            cancellationToken);
        var key = (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = Owner }, cancellationToken)).AccessKey;
        owner = new BasicAWSCredentials(key.AccessKeyId, key.SecretAccessKey);
        var trust = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{DrillAccount.Id}}:user/{{Owner}}"},"Action":"sts:AssumeRole"}]}""";
        await iam.CreateRoleAsync(new CreateRoleRequest { RoleName = Role, Path = "/machines/", AssumeRolePolicyDocument = trust }, cancellationToken);
        await iam.AttachRolePolicyAsync(new AttachRolePolicyRequest { RoleName = Role, PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess" }, cancellationToken);
        return await EnterAsync(account, region, "build-4711", cancellationToken);
    }

    public override Task<IReadOnlyDictionary<string, AWSCredentials>> DeriveAsync(DrillClients stolen, string region, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, AWSCredentials>>(new Dictionary<string, AWSCredentials>(StringComparer.Ordinal));

    public override async Task<bool?> RightfulUseWorksAsync(DrillAccount account, string region, CancellationToken cancellationToken)
    {
        using var clients = account.Enter(await EnterAsync(account, region, "build-4712", cancellationToken));
        try
        {
            await clients.Aws.Ec2(region).DescribeRegionsAsync(new Amazon.EC2.Model.DescribeRegionsRequest(), cancellationToken);
            return true;
        }
        catch (AmazonServiceException)
        {
            return false;
        }
    }

    private async Task<AWSCredentials> EnterAsync(DrillAccount account, string region, string session, CancellationToken cancellationToken)
    {
        var clients = account.Enter(owner!);
        var entered = await clients.Sts(region).AssumeRoleAsync(
            new AssumeRoleRequest { RoleArn = $"arn:aws:iam::{DrillAccount.Id}:role/machines/{Role}", RoleSessionName = session }, cancellationToken);
        return entered.Credentials;
    }
}
