using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Actions.Ec2;
using ResponseKit.Aws.Actions.Iam;
using ResponseKit.Aws.Tests.Actions;
using ResponseKit.Emulator;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Execution;

/// <summary>Calls that took effect, and whose answers say otherwise or never came.</summary>
public sealed class LostAnswerTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Region = "us-east-1";

    [Theory]
    [InlineData(EmulatorFaultKind.Lost)]
    [InlineData(EmulatorFaultKind.LateError)]
    public async Task What_an_attempt_without_an_answer_did_is_not_taken_for_somebody_elses_doing(EmulatorFaultKind kind)
    {
        using var account = await WithPasswordAsync();
        await account.AddFaultAsync(new EmulatorFault { Kind = kind, Action = "DeleteLoginProfile", Times = 1 });
        var action = await ActionHarness.CreateAsync(new RemovePassword(), account);

        var receipt = await action.ApplyAsync(account.Resource(ResourceKind.LoginProfile, "ci-bot"));

        Assert.Equal(2, action.LastCalls.Count(call => call.Action == "DeleteLoginProfile"));
        Assert.IsType<StepOutcome.Applied>(receipt.Steps.Single(step => step.Call == "iam:DeleteLoginProfile").Outcome);
    }

    [Fact]
    public async Task A_password_that_is_gone_before_the_call_is_not_taken_for_our_doing()
    {
        using var account = await WithPasswordAsync();
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = "DeleteLoginProfile", Code = "NoSuchEntity", Status = 404 });
        var action = await ActionHarness.CreateAsync(new RemovePassword(), account);

        var receipt = await action.ApplyAsync(account.Resource(ResourceKind.LoginProfile, "ci-bot"));

        Assert.IsType<StepOutcome.AlreadyInPlace>(receipt.Steps.Single(step => step.Call == "iam:DeleteLoginProfile").Outcome);
    }

    [Fact]
    public async Task A_password_of_which_nobody_knows_whether_it_was_deleted_is_said_to_work_where_it_does()
    {
        using var account = await WithPasswordAsync();
        // Refused for good, and each refusal could be of AWS's own making.
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = "DeleteLoginProfile", Code = "ServiceFailure", Status = 500 });
        var action = await ActionHarness.CreateAsync(new RemovePassword(), account);
        var target = account.Resource(ResourceKind.LoginProfile, "ci-bot");

        var failed = await action.ApplyAsync(target);
        var undone = await action.RevertAsync(target);

        Assert.Contains("it may have taken effect", failed.Message, StringComparison.Ordinal);
        var step = Assert.Single(undone.Steps);
        Assert.IsType<StepOutcome.AlreadyInPlace>(step.Outcome);
        Assert.Contains("was never deleted and still works", step.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EmulatorFaultKind.Lost)]
    [InlineData(EmulatorFaultKind.LateError)]
    public async Task Each_instance_of_a_call_whose_answer_was_lost_is_our_doing(EmulatorFaultKind kind)
    {
        using var account = emulator.NewAccount();
        var launched = await account.Admin.Ec2(Region).RunInstancesAsync(
            new Amazon.EC2.Model.RunInstancesRequest { ImageId = "ami-0abcdef1234567890", InstanceType = "m5.large", MinCount = 3, MaxCount = 3 });
        await account.AddFaultAsync(new EmulatorFault { Kind = kind, Action = "TerminateInstances", Times = 1 });
        var action = await ActionHarness.CreateAsync(new TerminateInstances(), account);

        var receipt = await action.RunAsync(
            ActionMode.Apply, [.. launched.Reservation.Instances.Select(instance => account.Resource(ResourceKind.Instance, instance.InstanceId))], Claims.Of(("since", Claims.Now(-60))));

        var steps = receipt.Steps.Where(step => step.Call == "ec2:TerminateInstances").ToList();
        Assert.Equal(3, steps.Count);
        Assert.All(steps, step => Assert.True(step.Outcome.MayHaveChanged, $"{step.Key}: {step.Outcome}"));
    }

    [Theory]
    [InlineData(EmulatorFaultKind.LateError, true)]
    [InlineData(EmulatorFaultKind.Throttle, false)]
    public async Task A_call_that_failed_for_good_is_undone_if_it_may_have_taken_effect(EmulatorFaultKind kind, bool isUndone)
    {
        using var account = await WithPasswordAsync();
        var iam = account.Admin.Iam(Region);
        foreach (var call in new[] { "AttachUserPolicy", "PutUserPolicy", "PutUserPermissionsBoundary" })
            await account.AddFaultAsync(new EmulatorFault { Kind = kind, Action = call });
        var action = await ActionHarness.CreateAsync(new ContainUser(), account);
        var target = account.Resource(ResourceKind.IamUser, "ci-bot");

        var failed = await action.ApplyAsync(target);
        var undone = await action.RevertAsync(target);

        Assert.Equal(ReceiptStatus.Failed, failed.Status);
        Assert.Equal(isUndone, failed.Steps.Single(step => step.Key == "deny/managed").Outcome.MayHaveChanged);
        Assert.Equal(isUndone, undone.Steps.Any(step => step.Call == "iam:DetachUserPolicy"));
        Assert.Empty((await iam.ListAttachedUserPoliciesAsync(new ListAttachedUserPoliciesRequest { UserName = "ci-bot" })).AttachedPolicies ?? []);
    }

    private async Task<TestAccount> WithPasswordAsync()
    {
        var account = emulator.NewAccount();
        var iam = account.Admin.Iam(Region);
        await iam.CreateUserAsync(new CreateUserRequest { UserName = "ci-bot" });
        await iam.CreateLoginProfileAsync(new CreateLoginProfileRequest { UserName = "ci-bot", Password = "correct-Horse-7" });
        return account;
    }
}
