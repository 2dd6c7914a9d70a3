using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Stores;
using ResponseKit.Emulator;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Stores;
using ResponseKit.Testing;

namespace ResponseKit.Functions.Tests;

/// <summary>An action function as deployed, in a process of its own: here the one that contains a user.</summary>
public sealed class ActionFunctionTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Action = "iam.contain-user";

    [Fact]
    public async Task Applies_keeps_the_receipt_and_undoes_by_it()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var user = await UserWithKeyAsync(bed);
        await using var function = bed.Start(Action);

        var applied = (await function.InvokeAsync(Payload.Of(ActionMode.Apply, user))).Receipt();
        Assert.Equal(ReceiptStatus.Applied, applied.Status);
        Assert.Equal(StatusType.Inactive, await KeyStatusAsync(bed));
        Assert.Equal(applied.Id, (await new DynamoReceiptStore(bed.Table).FindAsync(applied.Id, CancellationToken.None))!.Id);

        Assert.Equal(ReceiptStatus.Holds, (await function.InvokeAsync(Payload.Of(ActionMode.Verify, user))).Receipt().Status);
        Assert.Equal(ReceiptStatus.Applied, (await function.InvokeAsync(Payload.Of(ActionMode.Revert, user))).Receipt().Status);
        Assert.Equal(StatusType.Active, await KeyStatusAsync(bed));
    }

    [Fact]
    public async Task Near_the_end_of_its_time_it_stops_and_says_so_and_goes_on_when_asked_again()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var user = await UserWithKeyAsync(bed);
        await bed.Account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Latency, Service = "iam", DelayMilliseconds = 5_000, Times = 3 });
        await using var function = bed.Start(Action);

        var cutShort = (await function.InvokeAsync(Payload.Of(ActionMode.Apply, user), TimeSpan.FromSeconds(10))).Receipt();
        var goneOn = (await function.InvokeAsync(Payload.Of(ActionMode.Apply, user))).Receipt();

        Assert.Equal(ReceiptStatus.Incomplete, cutShort.Status);
        Assert.Contains("again", cutShort.Message, StringComparison.Ordinal);
        Assert.True(goneOn.Status is ReceiptStatus.Applied or ReceiptStatus.AlreadyInPlace, goneOn.Message);
        Assert.DoesNotContain(goneOn.Steps, step => step.Outcome is StepOutcome.NotReached);
        Assert.Equal(StatusType.Inactive, await KeyStatusAsync(bed));
    }

    [Fact]
    public async Task Without_any_time_it_answers_all_the_same_and_changes_nothing()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var user = await UserWithKeyAsync(bed);
        await using var function = bed.Start(Action);

        var answer = await function.InvokeAsync(Payload.Of(ActionMode.Apply, user), TimeSpan.Zero);

        Assert.True(answer.Succeeded);
        Assert.Contains("Send the same request again", answer.Json().GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(StatusType.Active, await KeyStatusAsync(bed));
    }

    [Fact]
    public async Task A_protected_principal_is_left_alone_whoever_asks()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var user = await UserWithKeyAsync(bed);
        await using var function = bed.Start(Action, ("RESPONSEKIT_POLICY", """{"guards":{"protectedPrincipals":["arn:aws:iam::*:user/mallory"]}}"""));

        var applied = (await function.InvokeAsync(Payload.Of(ActionMode.Apply, user))).Receipt();
        var planned = (await function.InvokeAsync(Payload.Of(ActionMode.Plan, user))).Receipt();

        Assert.Equal(ReceiptStatus.Skipped, applied.Status);
        Assert.Contains("protected", applied.Message, StringComparison.Ordinal);
        Assert.Equal(ReceiptStatus.Planned, planned.Status);
        Assert.Contains("held back", planned.Message, StringComparison.Ordinal);
        Assert.Equal(StatusType.Active, await KeyStatusAsync(bed));
    }

    [Fact]
    public async Task With_the_kill_switch_on_nothing_is_applied_and_nothing_undone()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var user = await UserWithKeyAsync(bed);
        await using var function = bed.Start(Action);
        await function.InvokeAsync(Payload.Of(ActionMode.Apply, user));
        await new DynamoControlStore(bed.Table).SetKillSwitchAsync(new KillSwitch("false alarm", "ana", DateTimeOffset.UnixEpoch), CancellationToken.None);

        var other = (await function.InvokeAsync(Payload.Of(ActionMode.Apply, user, "inc-other"))).Receipt();
        var undone = (await function.InvokeAsync(Payload.Of(ActionMode.Revert, user))).Receipt();

        Assert.Equal(ReceiptStatus.Skipped, other.Status);
        Assert.Contains("false alarm", other.Message, StringComparison.Ordinal);
        Assert.Equal(ReceiptStatus.Skipped, undone.Status);
        Assert.Contains("false alarm", undone.Message, StringComparison.Ordinal);
        Assert.Equal(StatusType.Inactive, await KeyStatusAsync(bed));
    }

    [Fact]
    public async Task A_change_that_no_response_asked_for_is_told_to_people_and_one_that_a_response_asked_for_is_not()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var board = await NoticeBoard.CreateAsync(emulator, bed.Hub);
        var user = await UserWithKeyAsync(bed);
        await using var function = bed.Start(Action, ("RESPONSEKIT_TOPIC", board.Topic));
        await PlannedAsync(bed, "inc-planned-2", user, "inc-planned");
        await PlannedAsync(bed, "inc-planned", user, "inc-planned");

        await function.InvokeAsync(Payload.Of(ActionMode.Apply, user, "inc-planned"));
        await function.InvokeAsync(Payload.Of(ActionMode.Plan, user, "inc-hand"));
        Assert.Empty(board.Messages);
        await function.InvokeAsync(Payload.Of(ActionMode.Apply, user, "inc-hand"));
        await function.InvokeAsync(Payload.Of(ActionMode.Revert, user, "inc-planned"));

        var subjects = board.Messages.Select(message => message.GetProperty("Subject").GetString()!).ToList();
        Assert.Equal(2, subjects.Count);
        Assert.StartsWith($"ResponseKit: {Action} was invoked by hand (apply)", subjects[0], StringComparison.Ordinal);
        Assert.StartsWith($"ResponseKit: {Action} was invoked by hand (revert)", subjects[1], StringComparison.Ordinal);
        Assert.Contains(user.ToFullArn(), board.Messages[0].GetProperty("Message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_incident_named_in_a_request_does_not_make_it_a_response_s()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var board = await NoticeBoard.CreateAsync(emulator, bed.Hub);
        var user = await UserWithKeyAsync(bed);
        await using var function = bed.Start(Action, ("RESPONSEKIT_TOPIC", board.Topic));
        await PlannedAsync(bed, "inc-planned", bed.Account.Resource(ResourceKind.IamUser, "trent"), "inc-planned");

        await function.InvokeAsync(Payload.Of(ActionMode.Apply, user, "inc-planned"));

        Assert.Contains(user.ToFullArn(), Assert.Single(board.Messages).GetProperty("Message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_cannot_be_entered_and_a_receipt_that_is_not_there_are_answers_for_a_person()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var function = bed.Start(Action);

        var elsewhere = await function.InvokeAsync(Payload.Of(ActionMode.Apply, ResourceRef.Of(ResourceKind.IamUser, "999988887777", "us-east-1", "mallory")));
        var nothing = await function.InvokeAsync(Payload.Of(ActionMode.Revert, bed.Account.Resource(ResourceKind.IamUser, "mallory")));

        Assert.Contains("Account 999988887777 could not be entered", elsewhere.Json().GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("nothing to revert", nothing.Json().GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_one_line_of_json_a_request_whatever_stands_in_it()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var function = bed.Start(Action);

        await function.InvokeAsync(Payload.Of("""{"mode":"plan\n{\"level\":\"error\",\"what\":\"forged\"}","password":"hunter2"}"""));

        var line = Assert.Single(function.Log, line => line.Contains("action.malformed", StringComparison.Ordinal));
        Assert.Equal("warning", System.Text.Json.JsonElement.Parse(line[line.IndexOf('{')..]).GetProperty("level").GetString());
        Assert.DoesNotContain(function.Log, line => line.Contains("hunter2", StringComparison.Ordinal) || line.StartsWith('{'));
    }

    private static Task<ResponsePass> PlannedAsync(FunctionBed bed, string response, ResourceRef target, string incident)
    {
        var request = new ActionRequest
        {
            Mode = ActionMode.Apply,
            Account = target.Account,
            Region = FunctionBed.Region,
            Targets = [target],
            Reason = "test",
            Incident = incident,
        };
        var pass = new ResponsePass
        {
            Look = 0,
            Actions = [new PlannedAction(ResponseStage.ContainIdentity, Action, request, new GuardVerdict.Free())],
            Fresh = 1,
            More = false,
            Held = 0,
            Pages = 0,
        };
        return new DynamoLedgerStore(bed.Table).KeepAsync(response, pass, CancellationToken.None);
    }

    private static async Task<ResourceRef> UserWithKeyAsync(FunctionBed bed)
    {
        var iam = bed.Account.Admin.Iam(FunctionBed.Region);
        await iam.CreateUserAsync(new CreateUserRequest { UserName = "mallory" });
        await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "mallory" });
        return bed.Account.Resource(ResourceKind.IamUser, "mallory");
    }

    private static async Task<StatusType> KeyStatusAsync(FunctionBed bed)
    {
        var keys = await bed.Account.Admin.Iam(FunctionBed.Region).ListAccessKeysAsync(new ListAccessKeysRequest { UserName = "mallory" });
        return Assert.Single(keys.AccessKeyMetadata).Status;
    }
}
