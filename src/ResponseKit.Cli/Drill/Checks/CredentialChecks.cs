using Amazon.EC2.Model;
using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using ResponseKit.Cli.Drill.Attack;

namespace ResponseKit.Cli.Drill.Checks;

/// <summary>Tries every credential that the attacker holds, and the doors that he left open.</summary>
internal sealed class CredentialChecks(DrillAccount account, Loot loot, string region)
{
    public async Task<IReadOnlyList<DrillCheck>> RunAsync(CancellationToken cancellationToken)
    {
        var checks = new List<DrillCheck>();
        foreach (var (what, credentials) in loot.Credentials.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            checks.Add(await RefusedAsync(what, credentials, cancellationToken));
        foreach (var role in loot.Roles.Order(StringComparer.Ordinal))
            checks.Add(await RoleIsShutAsync(role, cancellationToken));
        foreach (var user in loot.Users.Order(StringComparer.Ordinal))
            checks.Add(await UserIsShutAsync(user, cancellationToken));
        return checks;
    }

    private async Task<DrillCheck> RefusedAsync(string what, AWSCredentials credentials, CancellationToken cancellationToken)
    {
        using var clients = account.Enter(credentials);
        var answers = new[]
        {
            await AnswerAsync(() => clients.Aws.Ec2(region).DescribeRegionsAsync(new DescribeRegionsRequest(), cancellationToken)),
            await AnswerAsync(() => clients.Aws.Iam(region).ListUsersAsync(new ListUsersRequest(), cancellationToken)),
        };
        return new($"{what} is refused", !answers.Contains("allowed"), string.Join(", ", answers.Distinct(StringComparer.Ordinal)));
    }

    private async Task<DrillCheck> RoleIsShutAsync(string role, CancellationToken cancellationToken)
    {
        var iam = account.Administrator.Aws.Iam(region);
        var attached = await iam.ListAttachedRolePoliciesAsync(new ListAttachedRolePoliciesRequest { RoleName = role }, cancellationToken);
        var inline = await iam.ListRolePoliciesAsync(new ListRolePoliciesRequest { RoleName = role }, cancellationToken);
        var policies = (attached.AttachedPolicies ?? []).Select(policy => policy.PolicyName).Concat(inline.PolicyNames ?? []).ToList();
        var entered = await FreshSessionAsync(role, cancellationToken);
        return new(
            $"the role {role} is of no use to a new session",
            entered is null ? policies.Contains("AWSDenyAll", StringComparer.Ordinal) : entered != "allowed",
            entered is null ? $"only a service may enter it; policies: {string.Join(", ", policies)}" : $"a new session got {entered}");
    }

    private async Task<string?> FreshSessionAsync(string role, CancellationToken cancellationToken)
    {
        try
        {
            var session = await account.Administrator.Sts(region).AssumeRoleAsync(
                new AssumeRoleRequest { RoleArn = $"arn:aws:iam::{DrillAccount.Id}:role/{role}", RoleSessionName = "drill-check" }, cancellationToken);
            using var clients = account.Enter(session.Credentials);
            return await AnswerAsync(() => clients.Aws.Ec2(region).DescribeRegionsAsync(new DescribeRegionsRequest(), cancellationToken));
        }
        catch (AmazonServiceException)
        {
            return null;
        }
    }

    private async Task<DrillCheck> UserIsShutAsync(string user, CancellationToken cancellationToken)
    {
        var iam = account.Administrator.Aws.Iam(region);
        var keys = await iam.ListAccessKeysAsync(new ListAccessKeysRequest { UserName = user }, cancellationToken);
        var active = (keys.AccessKeyMetadata ?? []).Count(key => key.Status == Amazon.IdentityManagement.StatusType.Active);
        var password = await AnswerAsync(() => iam.GetLoginProfileAsync(new GetLoginProfileRequest { UserName = user }, cancellationToken)) == "allowed";
        return new($"the back-door user {user} has no active key and no password", active == 0 && !password, $"{active} active keys, {(password ? "a" : "no")} password");
    }

    private static async Task<string> AnswerAsync<T>(Func<Task<T>> call)
    {
        try
        {
            await call();
            return "allowed";
        }
        catch (AmazonServiceException error)
        {
            return error.ErrorCode;
        }
    }
}
