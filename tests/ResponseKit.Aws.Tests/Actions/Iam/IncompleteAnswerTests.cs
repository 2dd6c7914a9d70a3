using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Actions.Iam;
using ResponseKit.Aws.Execution;
using ResponseKit.Emulator;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Iam;

/// <summary>An answer that succeeds and leaves out what was asked for is a failed read, and neither a crash nor a principal that is gone.</summary>
public sealed class IncompleteAnswerTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task Of_a_user()
    {
        using var account = emulator.NewAccount();
        await account.Admin.Iam("us-east-1").CreateUserAsync(new CreateUserRequest { UserName = "ci-bot" });

        await FailsAsync(new ContainUser(), account, account.Resource(ResourceKind.IamUser, "ci-bot"), "GetUser", "user ci-bot");
    }

    [Fact]
    public async Task Of_a_role()
    {
        using var account = emulator.NewAccount();
        const string trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
        await account.Admin.Iam("us-east-1").CreateRoleAsync(new CreateRoleRequest { RoleName = "deploy", AssumeRolePolicyDocument = trust });

        await FailsAsync(new ContainRole(), account, account.Resource(ResourceKind.IamRole, "deploy"), "GetRole", "role deploy");
    }

    private static async Task FailsAsync(IResponseAction action, TestAccount account, ResourceRef target, string call, string title)
    {
        var harness = await ActionHarness.CreateAsync(action, account);
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Empty, Service = "iam", Action = call });

        var receipt = await harness.ApplyAsync(target);

        Assert.Equal(ReceiptStatus.Failed, receipt.Status);
        Assert.Contains($"IAM answered {call} without the {title}", string.Join(' ', receipt.Steps), StringComparison.Ordinal);
    }
}
