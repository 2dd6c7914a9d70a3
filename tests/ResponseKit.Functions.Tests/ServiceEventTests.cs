using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using ResponseKit.Testing;

namespace ResponseKit.Functions.Tests;

/// <summary>GuardDuty's findings and AWS Health's notices through triage as deployed, in the form in which EventBridge sends them.</summary>
public sealed class ServiceEventTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private static readonly (string Name, string Value)[] Settings =
        [("RESPONSEKIT_POLICY", """{"mode":"enforce"}"""), ("RESPONSEKIT_RESPONSE", "in-process"), ("RESPONSEKIT_PAUSE_SECONDS", "0")];

    [Fact]
    public async Task A_notice_that_a_users_key_is_in_public_has_the_user_contained()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await MalloryAsync(bed);
        await using var triage = bed.Start("triage", Settings);

        var answer = (await triage.InvokeAsync(Events.Notice(bed, "mallory"))).Json();

        Assert.Equal("responding", answer.GetProperty("outcome").GetString());
        Assert.Equal("health.credentials-exposed", Assert.Single(answer.GetProperty("detections").EnumerateArray()).GetString());
        Assert.Equal(StatusType.Inactive, await KeyStatusAsync(bed));
    }

    [Fact]
    public async Task A_notice_that_such_a_case_is_closed_contains_nobody()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await MalloryAsync(bed);
        await using var triage = bed.Start("triage", Settings);

        var answer = (await triage.InvokeAsync(Events.Notice(bed, "mallory", status: "closed"))).Json();

        Assert.Equal("unremarkable", answer.GetProperty("outcome").GetString());
        Assert.Equal(StatusType.Active, await KeyStatusAsync(bed));
    }

    [Fact]
    public async Task A_finding_of_GuardDutys_is_watched_and_with_what_the_user_did_has_him_contained()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await MalloryAsync(bed);
        await using var triage = bed.Start("triage", Settings);

        var finding = (await triage.InvokeAsync(Events.Finding(bed, "mallory"))).Json();
        await triage.InvokeAsync(Events.OfUser(bed, "mallory", "iam", "CreateUser", """{"userName":"helper"}""", minutes: 1));
        Assert.Equal(StatusType.Active, await KeyStatusAsync(bed));
        const string Made = """{"accessKey":{"accessKeyId":"AKIAHELPER0000000000","userName":"helper","status":"Active"} }""";
        var key = (await triage.InvokeAsync(Events.OfUser(bed, "mallory", "iam", "CreateAccessKey", """{"userName":"helper"}""", Made, minutes: 2))).Json();

        Assert.Equal(("kept", "watch"), (finding.GetProperty("outcome").GetString(), finding.GetProperty("verdict").GetProperty("verdict").GetString()));
        Assert.Equal("responding", key.GetProperty("outcome").GetString());
        Assert.Equal(StatusType.Inactive, await KeyStatusAsync(bed));
    }

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
