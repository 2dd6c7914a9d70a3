using Amazon.EC2.Model;
using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using ResponseKit.Aws.Accounts;
using ResponseKit.Policy;
using ResponseKit.Resources;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Ec2;

/// <summary>A tag by which a responder, or somebody else, holds instances as evidence.</summary>
internal static class EvidenceHold
{
    public const string Tag = "Evidence";

    /// <summary>A policy file that knows the tag, and one role of responders.</summary>
    public static GuardSettings Guards(TestAccount account) =>
        new() { ForensicHoldTag = Tag, Responders = [ArnPattern.Parse($"arn:aws:iam::{account.Id}:role/ir/responder")] };

    /// <summary>Tags instances in a session of a role.</summary>
    public static async Task TagAsync(EmulatorFixture emulator, TestAccount account, string path, string role, params string[] ids)
    {
        var iam = account.Admin.Iam("us-east-1");
        await iam.CreateRoleAsync(new CreateRoleRequest
        {
            RoleName = role,
            Path = path,
            AssumeRolePolicyDocument = $$"""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{account.Id}}:root"},"Action":"sts:AssumeRole"}]}
                """,
        });
        await iam.CreateUserAsync(new CreateUserRequest { UserName = $"user-of-{role}" });
        var key = (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = $"user-of-{role}" })).AccessKey;
        using var sts = emulator.SecurityToken(new BasicAWSCredentials(key.AccessKeyId, key.SecretAccessKey), "us-east-1");
        var session = (await sts.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = $"arn:aws:iam::{account.Id}:role{path}{role}", RoleSessionName = "case-17" })).Credentials;
        using AwsClients clients = account.ClientsAs(session.AccessKeyId, session.SecretAccessKey, session.SessionToken);
        await clients.Ec2("us-east-1").CreateTagsAsync(new CreateTagsRequest { Resources = [.. ids], Tags = [new Amazon.EC2.Model.Tag { Key = Tag, Value = "case 17" }] });
    }
}
