using System.Text.Json;
using Amazon.IdentityManagement;
using Amazon.StepFunctions;
using ResponseKit.Aws.Stores;
using ResponseKit.Response.Stores;
using ResponseKit.Testing;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Functions.Tests.Steps;

/// <summary>A response that waits for a person, as deployed: the person invokes the approval function.</summary>
public sealed class ApprovalTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Approve = """{"mode":"approve","guards":{"unprovenApprovals":true}}""";
    private const string ClusterAsksFirst = """{"mode":"enforce","guards":{"approvalFor":["ecs.tear-down-cluster"],"unprovenApprovals":true}}""";

    [Fact]
    public async Task In_mode_approve_nothing_is_changed_until_a_person_says_so_and_then_everything_is_done_in_the_same_round()
    {
        await using var bed = await StateMachineBed.CreateAsync(emulator, Approve);
        await Mallory.AttackAsync(bed.Functions);
        var (incident, _) = await Mallory.TriageAsync(bed, Approve);

        await bed.WaitsAsync(incident.Incident.Id);
        // Long enough for the wait to run out and begin again.
        await Task.Delay(4_000);
        var untouched = (await Mallory.KeyStatusAsync(bed.Functions), await Mallory.ClusterAsync(bed.Functions));
        var answer = await bed.InvokeAsync("approval", Decision(incident, "approve"));
        var ended = await bed.EndOfAsync(incident.ResponseName);

        Assert.Equal((StatusType.Active, "ACTIVE"), untouched);
        Assert.True(answer.TryGetProperty("message", out _), answer.ToString());
        Assert.Equal("alice", answer.GetProperty("by").GetString());
        Assert.True(ended.Status == ExecutionStatus.SUCCEEDED, $"{ended.Status}: {ended.Error} {ended.Cause}");
        var report = JsonElement.Parse(ended.Output);
        Assert.True(report.GetProperty("cameToRest").GetBoolean());
        Assert.Equal(0, report.GetProperty("held").GetInt32());
        Assert.Contains("alice approved it", report.GetProperty("approvals")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal((StatusType.Inactive, "INACTIVE"), (await Mallory.KeyStatusAsync(bed.Functions), await Mallory.ClusterAsync(bed.Functions)));

        var late = await bed.InvokeAsync("approval", Decision(incident, "reject"));

        Assert.Contains("alice approved it", late.GetProperty("error").GetString(), StringComparison.Ordinal);
        var kept = Assert.Single(await new DynamoApprovalStore(bed.Functions.Table).OfAsync(incident.Incident.Id, CancellationToken.None));
        Assert.True(kept.Decision!.IsApproved);
        Assert.Equal("ticket 42", kept.Decision.Reason);
    }

    [Fact]
    public async Task After_a_rejection_nothing_is_done_and_the_round_ends_saying_so()
    {
        await using var bed = await StateMachineBed.CreateAsync(emulator, Approve);
        await Mallory.AttackAsync(bed.Functions);
        var (incident, _) = await Mallory.TriageAsync(bed, Approve);
        await bed.WaitsAsync(incident.Incident.Id);

        await bed.InvokeAsync("approval", Decision(incident, "reject"));
        var ended = await bed.EndOfAsync(incident.ResponseName);

        Assert.Equal(ExecutionStatus.SUCCEEDED, ended.Status);
        var report = JsonElement.Parse(ended.Output);
        Assert.Contains("alice rejected it", report.GetProperty("approvals")[0].GetString(), StringComparison.Ordinal);
        Assert.NotEqual(0, report.GetProperty("held").GetInt32());
        Assert.Equal((StatusType.Active, "ACTIVE"), (await Mallory.KeyStatusAsync(bed.Functions), await Mallory.ClusterAsync(bed.Functions)));
        Assert.NotNull((await new DynamoCaseStore(bed.Functions.Table, TimeProvider.System).FindAsync(incident.Incident.Id, CancellationToken.None))!.Ended);
    }

    [Fact]
    public async Task What_needs_no_approval_does_not_wait_and_no_payload_or_token_stands_for_an_approval()
    {
        await using var bed = await StateMachineBed.CreateAsync(emulator, ClusterAsksFirst);
        await Mallory.AttackAsync(bed.Functions);
        var (incident, _) = await Mallory.TriageAsync(bed, ClusterAsksFirst);
        await bed.WaitsAsync(incident.Incident.Id);

        var claimed = await bed.InvokeAsync(
            "plan", $$"""{"incident":"{{incident.Incident.Id}}","round":1,"look":50,"approved":true,"decision":"approve","by":"mallory","reason":"x"}""");
        // Whoever holds the token can wake the response, and no more.
        await bed.Client.SendTaskSuccessAsync(new() { TaskToken = await bed.TokenAsync(incident.Incident.Id), Output = """{"decision":"approve"}""" });
        await Task.Delay(3_000);
        var before = (await Mallory.KeyStatusAsync(bed.Functions), await Mallory.ClusterAsync(bed.Functions));
        await bed.InvokeAsync("approval", Decision(incident, "approve"));
        var ended = await bed.EndOfAsync(incident.ResponseName);

        Assert.All(claimed.GetProperty("waves").EnumerateArray(), wave => Assert.Equal(0, wave.GetArrayLength()));
        Assert.Equal((StatusType.Inactive, "ACTIVE"), before);
        Assert.True(ended.Status == ExecutionStatus.SUCCEEDED, $"{ended.Status}: {ended.Error} {ended.Cause}");
        Assert.Equal("INACTIVE", await Mallory.ClusterAsync(bed.Functions));
    }

    private static string Decision(IncidentRecord incident, string decision) =>
        $$"""{"decision":"{{decision}}","incident":"{{incident.Incident.Id}}","by":"alice","reason":"ticket 42"}""";
}
