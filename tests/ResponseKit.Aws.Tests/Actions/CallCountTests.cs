using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Actions.Iam;
using ResponseKit.Aws.Execution;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions;

/// <summary>How many calls it takes to contain somebody. Until the last of those that strike, the intruder goes on.</summary>
public sealed class CallCountTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task A_user_with_one_key_is_contained_with_as_many_calls_as_were_counted()
    {
        using var account = emulator.NewAccount();
        var iam = account.Admin.Iam("us-east-1");
        await iam.CreateUserAsync(new CreateUserRequest { UserName = "ci-bot" });
        var key = (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "ci-bot" })).AccessKey;
        await CompareAsync(
            new ContainUser(), account, account.Resource(ResourceKind.IamUser, "ci-bot"),
            new Dictionary<string, string>(StringComparer.Ordinal) { ["accessKeyId"] = key.AccessKeyId });
    }

    [Fact]
    public async Task A_role_is_contained_with_as_many_calls_as_were_counted()
    {
        using var account = emulator.NewAccount();
        await account.Admin.Iam("us-east-1").CreateRoleAsync(new CreateRoleRequest
        {
            RoleName = "deploy",
            AssumeRolePolicyDocument = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""",
        });
        await CompareAsync(new ContainRole(), account, account.Resource(ResourceKind.IamRole, "deploy"), null);
    }

    private static async Task CompareAsync(IResponseAction action, TestAccount account, ResourceRef target, IReadOnlyDictionary<string, string>? options)
    {
        var harness = await ActionHarness.CreateAsync(action, account);
        var receipt = await harness.RunAsync(ActionMode.Apply, [target], options);
        Assert.Equal(ReceiptStatus.Applied, receipt.Status);
        var changing = harness.LastCalls.Index().Where(call => !ApiCalls.IsRead(call.Item.Call)).ToList();
        var made = (All: harness.LastCalls.Length, Changing: changing.Count, UntilStruck: changing[^1].Index + 1);
        var counted = Counts.CallsOf(action.Descriptor.Id);
        Assert.True(
            made == counted,
            $"{action.Descriptor.Id} made {made.All} calls, of which {made.Changing} change something, the last as number {made.UntilStruck}; bench/counts.json says {counted}. " +
            $"If that is meant, correct the file: {string.Join(", ", harness.LastCalls.Select(call => call.Call))}");
    }
}
