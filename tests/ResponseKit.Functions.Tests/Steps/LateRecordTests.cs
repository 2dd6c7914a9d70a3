using Amazon.ECS.Model;
using Amazon.IdentityManagement.Model;
using Amazon.StepFunctions;
using ResponseKit.Aws.Stores;
using ResponseKit.Testing;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Functions.Tests.Steps;

/// <summary>Records that reach triage late: what arrived after the last plan is new, whatever its time.</summary>
public sealed class LateRecordTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Enforce = """{"mode":"enforce"}""";

    [Fact]
    public async Task What_comes_between_the_last_look_and_the_report_is_planned_for_before_the_round_ends()
    {
        await using var bed = await StateMachineBed.CreateAsync(emulator, Enforce);
        await Mallory.AttackAsync(bed.Functions);
        await MakeAsync(bed.Functions, "late-miner");
        await using var triage = Triage(bed);
        var late = Events.OfUser(bed.Functions, "mallory", "ecs", "CreateCluster", """{"clusterName":"late-miner"}""");
        string? outcome = null;
        bed.Bridge.Before("report", async () => outcome = await OutcomeAsync(triage, late));

        var (incident, _) = await Mallory.TriageAsync(bed, Enforce);
        var ended = await bed.EndOfAsync(incident.ResponseName);

        Assert.True(ended.Status == ExecutionStatus.SUCCEEDED, $"{ended.Status}: {ended.Error} {ended.Cause}");
        Assert.Equal("known-incident", outcome);
        Assert.Equal("INACTIVE", await StatusAsync(bed.Functions, "late-miner"));
        Assert.Equal(2, bed.Bridge.Invoked.Count(function => function == "report"));
        var record = await FindAsync(bed, incident.Incident.Id);
        Assert.Equal(1, record.Round);
        Assert.NotNull(record.Ended);
    }

    [Fact]
    public async Task What_comes_during_the_last_wait_is_planned_for_by_another_pass()
    {
        await using var bed = await StateMachineBed.CreateAsync(emulator, Enforce);
        await Mallory.AttackAsync(bed.Functions);
        await MakeAsync(bed.Functions, "late-miner");
        await using var triage = Triage(bed);
        var late = Events.OfUser(bed.Functions, "mallory", "ecs", "CreateCluster", """{"clusterName":"late-miner"}""");
        // The first look is not quiet, for its pass was new; the third is the last.
        bed.Bridge.Before("look", () =>
        {
            bed.Bridge.Before("look", () =>
            {
                bed.Bridge.Before("look", () => OutcomeAsync(triage, late));
                return Task.CompletedTask;
            });
            return Task.CompletedTask;
        });

        var (incident, _) = await Mallory.TriageAsync(bed, Enforce);
        await bed.EndOfAsync(incident.ResponseName);

        Assert.Equal("INACTIVE", await StatusAsync(bed.Functions, "late-miner"));
        Assert.Single(bed.Bridge.Invoked, function => function == "report");
    }

    [Fact]
    public async Task What_comes_after_the_end_opens_a_round_though_it_was_done_before_it_and_duplicates_open_none()
    {
        await using var bed = await StateMachineBed.CreateAsync(emulator, Enforce);
        await Mallory.AttackAsync(bed.Functions);
        await MakeAsync(bed.Functions, "late-miner");
        await bed.Functions.Account.Admin.Iam(FunctionBed.Region).CreateUserAsync(new CreateUserRequest { UserName = "door" });
        await using var triage = Triage(bed);
        var door = Events.OfUser(
            bed.Functions, "mallory", "iam", "CreateUser", """{"userName":"door"}""", """{"user":{"userName":"door","userId":"AIDADOOR000000000000"}}""");
        // Whom it belongs to is known only by the record of its making.
        await triage.InvokeAsync(door);
        var (incident, _) = await Mallory.TriageAsync(bed, Enforce);
        await bed.EndOfAsync(incident.ResponseName);
        var late = Events.OfUser(bed.Functions, "door", "ecs", "CreateCluster", """{"clusterName":"late-miner"}""");

        Assert.Equal("responding", await OutcomeAsync(triage, late));
        await bed.EndOfAsync(incident.ResponseName + "-2");

        Assert.Equal("INACTIVE", await StatusAsync(bed.Functions, "late-miner"));
        Assert.Equal("known-incident", await OutcomeAsync(triage, late));
        Assert.Equal("known-incident", await OutcomeAsync(triage, door));
        Assert.Equal(2, (await FindAsync(bed, incident.Incident.Id)).Round);
    }

    private static FunctionProcess Triage(StateMachineBed bed) => bed.Functions.Start(
        "triage", ("RESPONSEKIT_POLICY", Enforce), ("RESPONSEKIT_RESPONSE", "state-machine"), ("RESPONSEKIT_STATE_MACHINE", bed.Machine));

    private static async Task<string?> OutcomeAsync(FunctionProcess triage, byte[] record) =>
        (await triage.InvokeAsync(record)).Json().GetProperty("outcome").GetString();

    private static Task MakeAsync(FunctionBed bed, string cluster) =>
        bed.Account.Admin.Ecs(FunctionBed.Region).CreateClusterAsync(new CreateClusterRequest { ClusterName = cluster });

    private static async Task<string> StatusAsync(FunctionBed bed, string cluster)
    {
        var answer = await bed.Account.Admin.Ecs(FunctionBed.Region).DescribeClustersAsync(new DescribeClustersRequest { Clusters = [cluster] });
        return answer.Clusters is { Count: > 0 } found ? found[0].Status : "INACTIVE";
    }

    private static async Task<Response.Stores.IncidentRecord> FindAsync(StateMachineBed bed, string incident) =>
        (await new DynamoCaseStore(bed.Functions.Table, TimeProvider.System).FindAsync(incident, CancellationToken.None))!;
}
