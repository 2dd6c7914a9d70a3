using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Emulator.Tests.Contract;

public abstract class SampleContract<TAction>(EmulatorFixture emulator) : ActionContract<TAction>(emulator)
    where TAction : IResponseAction, new()
{
    protected override IEnumerable<ActionScenario> Scenarios =>
    [
        new("a user with two keys, one of them active", async stage =>
        {
            var iam = stage.Admin.Iam(stage.Region);
            await iam.CreateUserAsync(new CreateUserRequest { UserName = "ci-bot" });
            await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "ci-bot" });
            var second = await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "ci-bot" });
            await iam.UpdateAccessKeyAsync(
                new UpdateAccessKeyRequest { UserName = "ci-bot", AccessKeyId = second.AccessKey.AccessKeyId, Status = "Inactive" });

            async Task<IEnumerable<AccessKeyMetadata>> Keys() =>
                (await iam.ListAccessKeysAsync(new ListAccessKeysRequest { UserName = "ci-bot" })).AccessKeyMetadata.OrderBy(key => key.AccessKeyId);

            return new Arrangement(stage.Resource(ResourceKind.IamUser, "ci-bot"))
            {
                Snapshot = async () => StateText.Of((await Keys()).Select(key => new { key.AccessKeyId, key.Status })),
                AfterApply = async () => Assert.All(await Keys(), key => Assert.Equal("Inactive", key.Status)),
            };
        }),
        new("a user without keys", async stage =>
        {
            await stage.Admin.Iam(stage.Region).CreateUserAsync(new CreateUserRequest { UserName = "idle" });
            return new Arrangement(stage.Resource(ResourceKind.IamUser, "idle")) { Snapshot = () => Task.FromResult("") };
        })
        { Outcome = ReceiptStatus.AlreadyInPlace },
    ];
}

/// <summary>A faithful action passes every test that it inherits.</summary>
public sealed class SampleActionTests(EmulatorFixture emulator) : SampleContract<SampleAction>(emulator);

/// <summary>The contract finds each way of breaking it.</summary>
public sealed class ActionContractTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task Finds_a_permission_that_no_call_needs() =>
        Assert.Equal(
            "Plan: iam:GetUser is declared, but no scenario calls it.",
            await FailureOf(new Contract<DeclaresTooMuch>(emulator).The_calls_of_each_phase_are_the_permissions_it_declares));

    [Fact]
    public async Task Finds_a_call_that_was_not_declared() =>
        Assert.Contains(
            "Plan: iam:GetUser in us-east-1 was refused",
            await FailureOf(new Contract<CallsWhatItDoesNotDeclare>(emulator).The_calls_of_each_phase_are_the_permissions_it_declares),
            StringComparison.Ordinal);

    [Fact]
    public async Task Finds_an_action_that_writes_again_what_is_in_place() =>
        Assert.Contains("iam:UpdateAccessKey", await FailureOf(new Contract<WritesAgain>(emulator).Applying_again_changes_nothing), StringComparison.Ordinal);

    [Fact]
    public async Task Finds_a_verification_that_looks_at_nothing() =>
        Assert.Contains("it holds", await FailureOf(new Contract<NeverLooks>(emulator).Verifying_says_when_it_does_not_hold), StringComparison.Ordinal);

    [Fact]
    public async Task Finds_an_undo_that_leaves_something_behind() =>
        Assert.Contains(
            "In the scenario 'a user with two keys, one of them active'",
            await FailureOf(new Contract<ForgetsToUndo>(emulator).Reverting_restores_the_state_before_or_says_what_it_cannot),
            StringComparison.Ordinal);

    [Fact]
    public async Task Finds_a_call_that_the_receipt_does_not_name() =>
        Assert.Contains("iam:UpdateAccessKey", await FailureOf(new Contract<HidesACall>(emulator).A_receipt_names_the_calls_that_were_made), StringComparison.Ordinal);

    private static async Task<string> FailureOf(Func<Task> test) => (await Assert.ThrowsAnyAsync<Exception>(test)).Message;

    private sealed class Contract<TAction>(EmulatorFixture emulator) : SampleContract<TAction>(emulator)
        where TAction : IResponseAction, new();
}
