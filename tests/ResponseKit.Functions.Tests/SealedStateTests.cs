using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Stores;
using ResponseKit.Aws.Stores.Sealing;
using ResponseKit.Functions.Tests.Steps;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Execution;
using ResponseKit.Testing;

namespace ResponseKit.Functions.Tests;

/// <summary>Somebody who may write to the table, or has taken its seal key away, against functions as they are deployed, with IAM enforced.</summary>
public sealed class SealedStateTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Enforce = """{"mode":"enforce"}""";
    private const string AllowAll = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";
    private const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    [Theory]
    [InlineData("AWSRevokeOlderSessions", "revoke-sessions")]
    [InlineData("ResponseKitQuarantine", "deny/inline")]
    public async Task A_forged_receipt_puts_no_policy_on_any_role(string policy, string step)
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var role = await RoleAsync(bed);
        var request = Request(ActionMode.Revert, role);
        var receipt = Forged(ReceiptId.For("iam.contain-role", request), role, step, policy);
        await new DynamoReceiptStore(Unsealed(bed.Table)).SaveAsync(receipt, default);
        await using var board = await NoticeBoard.CreateAsync(emulator, bed.Hub);
        await using var function = bed.Start("iam.contain-role", ("RESPONSEKIT_TOPIC", board.Topic));

        var answer = (await function.InvokeAsync(Payload.Of(ActionMode.Revert, role, "INC-42"))).Json();
        await function.InvokeAsync(Payload.Of(ActionMode.Revert, role, "INC-42"));

        Assert.Equal("ResponseKit: a stored receipt cannot be verified", Assert.Single(board.Messages).GetProperty("Subject").GetString());
        Assert.Contains("cannot be verified", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Empty((await bed.Account.Admin.Iam(FunctionBed.Region).ListRolePoliciesAsync(new ListRolePoliciesRequest { RoleName = "app" })).PolicyNames ?? []);
        Assert.Empty(await bed.CallsAsync());
    }

    [Fact]
    public async Task Even_a_receipt_with_a_right_seal_puts_back_nothing_that_grants_and_nothing_that_others_changed_since()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var role = await RoleAsync(bed);
        var iam = bed.Account.Admin.Iam(FunctionBed.Region);
        await iam.PutRolePolicyAsync(new PutRolePolicyRequest { RoleName = "app", PolicyName = "AWSRevokeOlderSessions", PolicyDocument = AllowAll });
        await using var function = bed.Start("iam.contain-role");
        Assert.Equal(ReceiptStatus.Applied, (await function.InvokeAsync(Payload.Of(ActionMode.Apply, role, "INC-42"))).Receipt().Status);
        var put = await iam.GetRolePolicyAsync(new GetRolePolicyRequest { RoleName = "app", PolicyName = "AWSRevokeOlderSessions" });

        var undone = (await function.InvokeAsync(Payload.Of(ActionMode.Revert, role, "INC-42"))).Receipt();

        Assert.Equal(ReceiptStatus.NeedsApproval, undone.Status);
        Assert.Contains("grants something", undone.Message, StringComparison.Ordinal);
        var there = await iam.GetRolePolicyAsync(new GetRolePolicyRequest { RoleName = "app", PolicyName = "AWSRevokeOlderSessions" });
        Assert.Equal(put.PolicyDocument, there.PolicyDocument);
    }

    [Fact]
    public async Task What_somebody_else_changed_since_is_not_undone_and_a_person_is_told()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var role = await RoleAsync(bed);
        await using var function = bed.Start("iam.contain-role");
        await function.InvokeAsync(Payload.Of(ActionMode.Apply, role, "INC-42"));
        var iam = bed.Account.Admin.Iam(FunctionBed.Region);
        const string theirs = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}""";
        await iam.PutRolePolicyAsync(new PutRolePolicyRequest { RoleName = "app", PolicyName = "AWSRevokeOlderSessions", PolicyDocument = theirs });

        var undone = (await function.InvokeAsync(Payload.Of(ActionMode.Revert, role, "INC-42"))).Receipt();

        Assert.Equal(ReceiptStatus.NeedsApproval, undone.Status);
        Assert.Contains("another than was put there", undone.Message, StringComparison.Ordinal);
        Assert.Equal(["AWSRevokeOlderSessions"], (await iam.ListRolePoliciesAsync(new ListRolePoliciesRequest { RoleName = "app" })).PolicyNames);
    }

    [Fact]
    public async Task A_protected_principal_is_left_alone_by_undoing_too()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var role = await RoleAsync(bed);
        await using (var before = bed.Start("iam.contain-role"))
            await before.InvokeAsync(Payload.Of(ActionMode.Apply, role, "INC-42"));
        await using var function = bed.Start("iam.contain-role", ("RESPONSEKIT_POLICY", """{"guards":{"protectedPrincipals":["arn:aws:iam::*:role/app"]}}"""));

        var undone = (await function.InvokeAsync(Payload.Of(ActionMode.Revert, role, "INC-42"))).Receipt();

        Assert.Equal(ReceiptStatus.Skipped, undone.Status);
        Assert.Contains("protected", undone.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_incident_item_that_somebody_else_wrote_does_not_silence_triage()
    {
        await using var bed = await StateMachineBed.CreateAsync(emulator, """{"mode":"observe"}""");
        var item = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            [StoreTable.Partition] = new($"case#arn:aws:iam::{bed.Functions.Account.Id}:user/mallory"),
            [StoreTable.Sort] = new("incident"),
        };
        item["round"] = new() { N = "1" };
        foreach (var name in new[] { "opened", "started", "ended" })
            item[name] = new() { N = $"{new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks}" };
        item["body"] = new() { B = new MemoryStream([1, 2, 3]) };
        await bed.Functions.Table.Dynamo.PutItemAsync(new PutItemRequest { TableName = bed.Functions.Table.Name, Item = item });

        var (incident, _) = await Mallory.TriageAsync(bed, """{"mode":"observe"}""");

        Assert.True(incident.IsVerified);
        Assert.Equal(Amazon.StepFunctions.ExecutionStatus.SUCCEEDED, (await bed.EndOfAsync(incident.ResponseName)).Status);
    }

    [Fact]
    public async Task With_the_key_taken_away_in_an_incident_the_identity_is_struck_and_the_rest_is_held()
    {
        await using var bed = await StateMachineBed.CreateAsync(emulator, Enforce);
        await Mallory.AttackAsync(bed.Functions);
        await bed.Functions.Kms.DisableKeyAsync(bed.Functions.SealKey.Split('/')[1]);

        var (incident, _) = await Mallory.TriageAsync(bed, Enforce);
        var ended = await bed.EndOfAsync(incident.ResponseName);

        Assert.True(ended.Status == Amazon.StepFunctions.ExecutionStatus.SUCCEEDED, $"{ended.Status}: {ended.Error} {ended.Cause}");
        Assert.Equal(Amazon.IdentityManagement.StatusType.Inactive, await Mallory.KeyStatusAsync(bed.Functions));
        Assert.Equal("ACTIVE", await Mallory.ClusterAsync(bed.Functions));
    }

    [Fact]
    public async Task Without_the_key_nothing_is_undone_and_the_answer_says_why()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var role = await RoleAsync(bed);
        await using (var before = bed.Start("iam.contain-role"))
            await before.InvokeAsync(Payload.Of(ActionMode.Apply, role, "INC-42"));
        await bed.Kms.DisableKeyAsync(bed.SealKey.Split('/')[1]);
        await using var function = bed.Start("iam.contain-role");

        var undone = (await function.InvokeAsync(Payload.Of(ActionMode.Revert, role, "INC-42"))).Receipt();

        Assert.Equal(ReceiptStatus.Skipped, undone.Status);
        Assert.Contains("is disabled", undone.Message, StringComparison.Ordinal);
        await bed.Kms.EnableKeyAsync(bed.SealKey.Split('/')[1]);
        await using var again = bed.Start("iam.contain-role");
        Assert.Equal(ReceiptStatus.Applied, (await again.InvokeAsync(Payload.Of(ActionMode.Revert, role, "INC-42"))).Receipt().Status);
    }

    private static async Task<ResourceRef> RoleAsync(FunctionBed bed)
    {
        await bed.Account.Admin.Iam(FunctionBed.Region).CreateRoleAsync(new CreateRoleRequest { RoleName = "app", AssumeRolePolicyDocument = Trust });
        return bed.Account.Resource(ResourceKind.IamRole, "app");
    }

    private static ActionRequest Request(ActionMode mode, ResourceRef role) => new()
    {
        Mode = mode,
        Account = role.Account,
        Region = FunctionBed.Region,
        Targets = [role],
        Reason = "test",
        Incident = "INC-42",
    };

    private static StoreTable Unsealed(StoreTable table) => table with { Seal = StateSeal.Without("no key") };

    private static ActionReceipt Forged(string id, ResourceRef role, string step, string policy) => new()
    {
        Id = id,
        Action = "iam.contain-role",
        Mode = ActionMode.Apply,
        Status = ReceiptStatus.Applied,
        Account = role.Account,
        Region = FunctionBed.Region,
        Targets = [role.ToArn()],
        Reason = "test",
        Incident = "INC-42",
        Started = DateTimeOffset.UnixEpoch,
        Finished = DateTimeOffset.UnixEpoch,
        Steps = [new(step, "iam:PutRolePolicy", "role app", $"Put {policy}", new JsonObject { ["document"] = AllowAll }, new StepOutcome.Applied(null))],
        Message = "Done.",
    };
}
