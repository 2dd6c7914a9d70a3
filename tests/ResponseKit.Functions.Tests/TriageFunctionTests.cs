using System.Text;
using System.Text.Json;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Stores;
using ResponseKit.Deployment;
using ResponseKit.Response.Stores;
using ResponseKit.Testing;

namespace ResponseKit.Functions.Tests;

/// <summary>Triage as deployed, in a process of its own.</summary>
public sealed class TriageFunctionTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Enforce = """{"mode":"enforce"}""";

    [Fact]
    public async Task A_decisive_event_has_its_actor_contained_and_the_same_event_again_starts_nothing()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await MalloryAsync(bed);
        await using var triage = bed.Start("triage", ("RESPONSEKIT_POLICY", Enforce), ("RESPONSEKIT_RESPONSE", "in-process"), ("RESPONSEKIT_PAUSE_SECONDS", "0"));

        var first = (await triage.InvokeAsync(Quarantine(bed))).Json();
        var calls = (await bed.CallsAsync()).Count;
        var again = (await triage.InvokeAsync(Quarantine(bed))).Json();

        Assert.Equal("responding", first.GetProperty("outcome").GetString());
        Assert.True(first.GetProperty("startedResponse").GetBoolean());
        Assert.Equal("contain", first.GetProperty("verdict").GetProperty("verdict").GetString());
        Assert.Equal(StatusType.Inactive, await KeyStatusAsync(bed));
        Assert.Equal("known-incident", again.GetProperty("outcome").GetString());
        Assert.True(again.GetProperty("isDuplicate").GetBoolean());
        Assert.Equal(first.GetProperty("incident").GetString(), again.GetProperty("incident").GetString());
        Assert.Equal(calls, (await bed.CallsAsync()).Count);
        var record = Assert.Single(await new DynamoCaseStore(bed.Table, TimeProvider.System).ListAsync(CancellationToken.None));
        Assert.NotNull(record.Ended);
    }

    [Fact]
    public async Task Where_nothing_carries_responses_through_it_says_so_and_touches_nothing()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await MalloryAsync(bed);
        await using var triage = bed.Start("triage", ("RESPONSEKIT_POLICY", Enforce));

        var answer = (await triage.InvokeAsync(Quarantine(bed))).Json();

        Assert.Equal("not-responding", answer.GetProperty("outcome").GetString());
        Assert.Contains("RESPONSEKIT_RESPONSE", answer.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains(triage.Log, line => line.Contains(LogWords.NotResponding, StringComparison.Ordinal) && line.Contains("\"level\":\"error\"", StringComparison.Ordinal));
        Assert.Empty(await bed.CallsAsync());
    }

    [Fact]
    public async Task The_kill_switch_holds_the_response_back_and_the_next_event_after_it_starts_it()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await MalloryAsync(bed);
        var control = new DynamoControlStore(bed.Table);
        await control.SetKillSwitchAsync(new KillSwitch("exercise", "ana", DateTimeOffset.UnixEpoch), CancellationToken.None);
        await using var triage = bed.Start("triage", ("RESPONSEKIT_POLICY", Enforce), ("RESPONSEKIT_RESPONSE", "in-process"), ("RESPONSEKIT_PAUSE_SECONDS", "0"));

        var held = (await triage.InvokeAsync(Quarantine(bed))).Json();
        Assert.Equal(StatusType.Active, await KeyStatusAsync(bed));
        await control.SetKillSwitchAsync(null, CancellationToken.None);
        var next = (await triage.InvokeAsync(Quarantine(bed, eventId: "00000000-0000-4000-8000-000000000099"))).Json();

        Assert.Equal("not-responding", held.GetProperty("outcome").GetString());
        Assert.Contains("kill switch", held.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("responding", next.GetProperty("outcome").GetString());
        Assert.Equal(held.GetProperty("incident").GetString(), next.GetProperty("incident").GetString());
        Assert.Equal(StatusType.Inactive, await KeyStatusAsync(bed));
    }

    [Fact]
    public async Task In_mode_observe_everything_is_planned_and_nothing_changed()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await MalloryAsync(bed);
        await using var triage = bed.Start("triage", ("RESPONSEKIT_RESPONSE", "in-process"), ("RESPONSEKIT_PAUSE_SECONDS", "0"));

        var answer = (await triage.InvokeAsync(Quarantine(bed))).Json();

        Assert.Equal("responding", answer.GetProperty("outcome").GetString());
        Assert.Equal(StatusType.Active, await KeyStatusAsync(bed));
        Assert.NotEmpty(await bed.CallsAsync());
        Assert.All(await bed.CallsAsync(), call => Assert.True(ApiCalls.IsRead(call), $"{call} is no read"));
    }

    [Fact]
    public async Task Bad_input_is_answered_and_logged_with_a_reason_and_changes_nothing()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await MalloryAsync(bed);
        var good = Encoding.UTF8.GetString(Quarantine(bed));
        await using var triage = bed.Start("triage", ("RESPONSEKIT_POLICY", Enforce), ("RESPONSEKIT_RESPONSE", "in-process"), ("RESPONSEKIT_PAUSE_SECONDS", "0"));
        string[] bad =
        [
            good[..(good.Length / 2)],
            "",
            "null",
            good.Replace("\"eventVersion\":\"1.11\"", "\"eventVersion\":\"9.0\"", StringComparison.Ordinal),
            good.Replace($"\"account\":\"{bed.Account.Id}\"", "\"account\":\"999988887777\"", StringComparison.Ordinal),
            good.Replace("\"source\":\"aws.iam\"", "\"source\":\"my.app\"", StringComparison.Ordinal),
            good.Replace("\"eventName\":\"AttachUserPolicy\"", "\"eventName\":\"Attach\\nUserPolicy\"", StringComparison.Ordinal),
            good + new string(' ', 1 << 20),
            JsonElement.Parse(good).GetProperty("detail").GetRawText(),
            "{\"detail\":" + JsonElement.Parse(good).GetProperty("detail").GetRawText() + "}",
            good.Replace("\"source\":\"aws.iam\"", "\"source\":\"aws.ec2\"", StringComparison.Ordinal),
            good.Replace("AWS API Call via CloudTrail", "AWS Insight via CloudTrail", StringComparison.Ordinal),
            good.Replace("\"recipientAccountId\":", "\"recipient\":", StringComparison.Ordinal),
            good.Replace("\"time\":", "\"when\":", StringComparison.Ordinal),
        ];

        foreach (var payload in bad)
        {
            var answer = await triage.InvokeAsync(Payload.Of(payload));
            Assert.True(answer.Succeeded, answer.Text);
            Assert.Equal("rejected", answer.Json().GetProperty("outcome").GetString());
        }

        Assert.Equal(bad.Length, triage.Log.Count(line => line.Contains("triage.rejected", StringComparison.Ordinal)));
        Assert.Empty(await bed.CallsAsync());
        Assert.Empty(await new DynamoCaseStore(bed.Table, TimeProvider.System).ListAsync(CancellationToken.None));
        Assert.Equal("responding", (await triage.InvokeAsync(Payload.Of(good))).Json().GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_store_out_of_reach_fails_the_invocation_so_that_the_event_comes_again_and_the_function_lives_on()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var triage = bed.Start("triage", ("RESPONSEKIT_POLICY", Enforce), ("RESPONSEKIT_TABLE", "missing"));

        var answer = await triage.InvokeAsync(Quarantine(bed));
        var next = await triage.InvokeAsync(Payload.Of("null"));

        Assert.False(answer.Succeeded);
        Assert.Equal(answer.ErrorType, answer.Json().GetProperty("errorType").GetString());
        Assert.NotEqual("", answer.Json().GetProperty("errorMessage").GetString());
        Assert.Equal("rejected", next.Json().GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task What_responsekit_does_itself_is_no_attack()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var triage = bed.Start("triage", ("RESPONSEKIT_POLICY", Enforce));
        var record = Event(bed, $$$"""
            {"type":"AssumedRole","principalId":"AROAEXAMPLE:x","arn":"arn:aws:sts::{{{bed.Account.Id}}}:assumed-role/ResponseKitResponder/x","accountId":"{{{bed.Account.Id}}}",
            "accessKeyId":"ASIAEXAMPLEEXAMPLE00","sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::{{{bed.Account.Id}}}:role/ResponseKitResponder",
            "accountId":"{{{bed.Account.Id}}}","userName":"ResponseKitResponder"} } }
            """);

        var own = Encoding.UTF8.GetString(record).Replace("AWSCompromisedKeyQuarantineV3", "AdministratorAccess", StringComparison.Ordinal);
        var others = own.Replace("ResponseKitResponder", "Deployer", StringComparison.Ordinal);

        Assert.Equal("unremarkable", (await triage.InvokeAsync(Payload.Of(own))).Json().GetProperty("outcome").GetString());
        Assert.Equal("kept", (await triage.InvokeAsync(Payload.Of(others))).Json().GetProperty("outcome").GetString());
    }

    /// <summary>AWS has found the user's key in a public place: reason enough by itself.</summary>
    private static byte[] Quarantine(FunctionBed bed, string eventId = "00000000-0000-4000-8000-000000000002") => Event(
        bed, $$"""{"type":"AWSService","accountId":"{{bed.Account.Id}}","invokedBy":"AWS Internal"}""", eventId);

    private static byte[] Event(FunctionBed bed, string identity, string eventId = "00000000-0000-4000-8000-000000000002") => TriageJson.Envelop(JsonElement.Parse(
        $$"""
        {"eventVersion":"1.11","userIdentity":{{identity}},"eventTime":"2025-11-02T10:00:00Z",
        "eventSource":"iam.amazonaws.com","eventName":"AttachUserPolicy","awsRegion":"us-east-1","sourceIPAddress":"203.0.113.7","userAgent":"example",
        "requestParameters":{"userName":"mallory","policyArn":"arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"},"responseElements":null,
        "requestID":"00000000-0000-4000-8000-000000000001","eventID":"{{eventId}}","readOnly":false,"eventType":"AwsApiCall","managementEvent":true,
        "recipientAccountId":"{{bed.Account.Id}}","eventCategory":"Management"}
        """));

    private static async Task MalloryAsync(FunctionBed bed)
    {
        var iam = bed.Account.Admin.Iam(FunctionBed.Region);
        await iam.CreateUserAsync(new CreateUserRequest { UserName = "mallory" });
        await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "mallory" });
    }

    private static async Task<StatusType> KeyStatusAsync(FunctionBed bed)
    {
        var keys = await bed.Account.Admin.Iam(FunctionBed.Region).ListAccessKeysAsync(new ListAccessKeysRequest { UserName = "mallory" });
        return Assert.Single(keys.AccessKeyMetadata).Status;
    }
}
