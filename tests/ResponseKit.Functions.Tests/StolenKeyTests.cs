using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.ECS.Model;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using ResponseKit.Correlation;
using ResponseKit.Rules;
using ResponseKit.Testing;
using StatusType = Amazon.IdentityManagement.StatusType;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Functions.Tests;

/// <summary>A stolen key that does nothing itself but enter a role, in a deployment that is not brought calls that only read.</summary>
public sealed class StolenKeyTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Region = FunctionBed.Region;
    private const string Everything = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";
    private const string Enforce = """{"mode":"enforce"}""";
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task Whose_key_opened_the_session_that_mines_is_contained_and_not_the_session_alone()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var key = await UserAsync(bed);
        await RoleAsync(bed);
        using var stolen = new AmazonSecurityTokenServiceClient(
            new Amazon.Runtime.BasicAWSCredentials(key.AccessKeyId, key.SecretAccessKey), emulator.Settings.For(new AmazonSecurityTokenServiceConfig(), Region));
        var before = (await emulator.Control.RecordsAsync(0, bed.Account.Id, CancellationToken.None)).Next;

        var session = (await stolen.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = $"arn:aws:iam::{bed.Account.Id}:role/Platform", RoleSessionName = "job" })).Credentials;
        await MineAsync(bed, session);
        await using var triage = bed.Start("triage", ("RESPONSEKIT_POLICY", Enforce), ("RESPONSEKIT_RESPONSE", "in-process"), ("RESPONSEKIT_PAUSE_SECONDS", "0"));
        var delivered = new List<string>();
        foreach (var record in (await emulator.Control.RecordsAsync(before, bed.Account.Id, CancellationToken.None)).Records)
        {
            var envelope = TriageJson.Envelop(record);
            if (!await IsDeliveredAsync(bed, record, Encoding.UTF8.GetString(envelope)))
                continue;
            delivered.Add(record.GetProperty("eventName").GetString()!);
            Assert.True((await triage.InvokeAsync(envelope)).Succeeded);
        }

        Assert.Contains("AssumeRole", delivered);
        Assert.DoesNotContain("GetCallerIdentity", delivered);
        var keys = await bed.Account.Admin.Iam(Region).ListAccessKeysAsync(new ListAccessKeysRequest { UserName = "ci" });
        Assert.Equal(StatusType.Inactive, Assert.Single(keys.AccessKeyMetadata).Status);
        var refused = await Assert.ThrowsAnyAsync<AmazonSecurityTokenServiceException>(
            () => stolen.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = $"arn:aws:iam::{bed.Account.Id}:role/Platform", RoleSessionName = "again" }));
        Assert.Equal("InvalidClientTokenId", refused.ErrorCode);
    }

    private static async Task<AccessKey> UserAsync(FunctionBed bed)
    {
        var iam = bed.Account.Admin.Iam(Region);
        await iam.CreateUserAsync(new CreateUserRequest { UserName = "ci" });
        await iam.PutUserPolicyAsync(new PutUserPolicyRequest
        {
            UserName = "ci",
            PolicyName = "enter",
            PolicyDocument = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}""",
        });
        return (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "ci" })).AccessKey;
    }

    private static async Task RoleAsync(FunctionBed bed)
    {
        var iam = bed.Account.Admin.Iam(Region);
        var trust = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{bed.Account.Id}}:root"},"Action":"sts:AssumeRole"}]}""";
        await iam.CreateRoleAsync(new CreateRoleRequest { RoleName = "Platform", AssumeRolePolicyDocument = trust });
        await iam.PutRolePolicyAsync(new PutRolePolicyRequest { RoleName = "Platform", PolicyName = "everything", PolicyDocument = Everything });
    }

    // As the campaign of November 2025 did: probes, a way back in, clusters.
    private static async Task MineAsync(FunctionBed bed, Credentials session)
    {
        using var thief = bed.Account.ClientsAs(session.AccessKeyId, session.SecretAccessKey, session.SessionToken);
        var iam = thief.Iam(Region);
        foreach (var type in new[] { "g4dn.12xlarge", "p4d.24xlarge", "g5.48xlarge" })
        {
            var launch = new RunInstancesRequest { ImageId = "ami-0abcdef1234567890", InstanceType = type, MinCount = 1, MaxCount = 1, DryRun = true };
            await Assert.ThrowsAsync<AmazonEC2Exception>(() => thief.Ec2(Region).RunInstancesAsync(launch));
        }

        await iam.CreateUserAsync(new CreateUserRequest { UserName = "support-7" });
        await iam.AttachUserPolicyAsync(new AttachUserPolicyRequest { UserName = "support-7", PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess" });
        await iam.CreateLoginProfileAsync(new CreateLoginProfileRequest { UserName = "support-7", Password = "Example-Only-7-Words" });
        await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "support-7" });
        for (var number = 0; number < 12; number++)
            await thief.Ecs(Region).CreateClusterAsync(new CreateClusterRequest { ClusterName = $"k{number}x7" });
    }

    // By the rules that are deployed with reads=off, and in the state that each has.
    private async Task<bool> IsDeliveredAsync(FunctionBed bed, JsonElement record, string envelope)
    {
        foreach (var rule in EventRules.For(Observer.Selectors, [], new RulePlace("aws", bed.Account.Id, Region)).Where(rule => !rule.IsOptional))
        {
            if ((rule.NeedsReads || !record.GetProperty("readOnly").GetBoolean()) && await AcceptsAsync(rule, envelope))
                return true;
        }

        return false;
    }

    private async Task<bool> AcceptsAsync(EventRule rule, string envelope)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, emulator.Address);
        request.Headers.Add("X-Amz-Target", "AWSEvents.TestEventPattern");
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=AKIAROOT111122223333/20251102/us-east-1/events/aws4_request, SignedHeaders=host, Signature=0");
        request.Content = new StringContent(
            JsonSerializer.Serialize(new { EventPattern = rule.Pattern, Event = envelope }), new MediaTypeHeaderValue("application/x-amz-json-1.1"));
        using var response = await Http.SendAsync(request);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("Result").GetBoolean();
    }
}
