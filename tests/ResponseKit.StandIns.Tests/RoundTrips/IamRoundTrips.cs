using System.Net;
using System.Text.Json;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using ResponseKit.Testing;

namespace ResponseKit.StandIns.Tests.RoundTrips;

public sealed class IamRoundTrips(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string DenyAll = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}""";

    [Fact]
    public async Task Deactivates_a_users_key_and_denies_him_everything()
    {
        using var account = emulator.NewAccount();
        var iam = account.Admin.Iam("us-east-1");
        var user = await iam.CreateUserAsync(new CreateUserRequest("ci-bot"));
        var key = (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "ci-bot" })).AccessKey;

        await iam.UpdateAccessKeyAsync(new UpdateAccessKeyRequest(key.AccessKeyId, StatusType.Inactive) { UserName = "ci-bot" });
        await iam.PutUserPolicyAsync(new PutUserPolicyRequest("ci-bot", "deny", DenyAll));
        var keys = await iam.ListAccessKeysAsync(new ListAccessKeysRequest { UserName = "ci-bot" });
        var policy = await iam.GetUserPolicyAsync(new GetUserPolicyRequest("ci-bot", "deny"));

        Assert.Equal($"arn:aws:iam::{account.Id}:user/ci-bot", user.User.Arn);
        Assert.Equal(StatusType.Active, key.Status);
        Assert.Equal(StatusType.Inactive, Assert.Single(keys.AccessKeyMetadata).Status);
        Assert.True(JsonElement.DeepEquals(
            JsonDocument.Parse(DenyAll).RootElement, JsonDocument.Parse(WebUtility.UrlDecode(policy.PolicyDocument)).RootElement));
    }

    [Fact]
    public async Task Reads_the_quotas_of_an_account_by_name()
    {
        using var account = emulator.NewAccount();
        var iam = account.Admin.Iam("us-east-1");

        var summary = (await iam.GetAccountSummaryAsync(new GetAccountSummaryRequest())).SummaryMap;

        Assert.Equal(10, summary["AttachedPoliciesPerRoleQuota"]);
        Assert.Equal(0, summary["Users"]);
    }

    [Fact]
    public async Task Pages_through_users()
    {
        using var account = emulator.NewAccount();
        var iam = account.Admin.Iam("us-east-1");
        for (var i = 0; i < 5; i++)
        {
            await iam.CreateUserAsync(new CreateUserRequest($"user-{i}"));
        }

        var pages = await iam.Paginators.ListUsers(new ListUsersRequest { MaxItems = 2 }).Responses.ToListAsync();

        Assert.Equal([2, 2, 1], pages.Select(p => p.Users.Count));
        Assert.Equal([true, true, false], pages.Select(p => p.IsTruncated));
    }

    [Fact]
    public async Task A_user_that_is_not_there_is_no_such_entity()
    {
        using var account = emulator.NewAccount();

        var error = await Assert.ThrowsAsync<NoSuchEntityException>(
            () => account.Admin.Iam("us-east-1").GetUserAsync(new GetUserRequest { UserName = "nobody" }));

        Assert.Equal(HttpStatusCode.NotFound, error.StatusCode);
    }
}
