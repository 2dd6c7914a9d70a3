using Amazon.ECS.Model;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using Amazon.StepFunctions;
using ResponseKit.Aws.Stores;
using ResponseKit.Testing;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Functions.Tests.Steps;

/// <summary>A response as deployed: triage starts the emulated Step Functions, which call the functions as processes of their own.</summary>
public sealed class StateMachineTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Enforce = """{"mode":"enforce"}""";

    [Fact]
    public async Task An_attack_is_contained_and_removed_step_by_step_and_one_failing_action_does_not_stop_the_rest()
    {
        await using var bed = await StateMachineBed.CreateAsync(emulator, Enforce);
        await AttackAsync(bed.Functions);
        // Once and its two retries: the first pass has to do without it.
        bed.Bridge.Break("iam.contain-user", times: 3);

        var (incident, starter) = await TriageAsync(bed);
        var ended = await bed.EndOfAsync(incident.ResponseName);

        Assert.True(ended.Status == ExecutionStatus.SUCCEEDED, $"{ended.Status}: {ended.Error} {ended.Cause}");
        Assert.Contains("\"cameToRest\":true", ended.Output.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("\"left\":[]", ended.Output.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(StatusType.Inactive, await KeyStatusAsync(bed.Functions));
        Assert.Equal("INACTIVE", await ClusterAsync(bed.Functions));
        var invoked = bed.Bridge.Invoked.ToList();
        Assert.True(invoked.IndexOf("ecs.tear-down-cluster") < invoked.LastIndexOf("iam.contain-user"), string.Join(' ', invoked));
        Assert.NotNull((await new DynamoCaseStore(bed.Functions.Table, TimeProvider.System).FindAsync(incident.Incident.Id, CancellationToken.None))!.Ended);

        var again = await starter.StartAsync(incident, CancellationToken.None);

        Assert.IsType<ResponseStart.UnderWay>(again);
        await Task.Delay(1500);
        Assert.Equal(invoked.Count, bed.Bridge.Invoked.Count);
    }

    [Fact]
    public async Task A_step_that_fails_for_good_leaves_the_round_open_and_a_second_start_goes_on_where_the_first_was()
    {
        await using var bed = await StateMachineBed.CreateAsync(emulator, Enforce);
        await AttackAsync(bed.Functions);
        bed.Bridge.Break("look", times: 3);

        var (incident, starter) = await TriageAsync(bed);
        var first = await bed.EndOfAsync(incident.ResponseName);
        var cases = new DynamoCaseStore(bed.Functions.Table, TimeProvider.System);
        var open = await cases.FindAsync(incident.Incident.Id, CancellationToken.None);
        await starter.StartAsync(incident, CancellationToken.None);
        var second = await bed.EndOfAsync(incident.ResponseName + "-attempt-2");

        Assert.Equal(ExecutionStatus.FAILED, first.Status);
        Assert.True(open!.IsOpen);
        Assert.Contains(bed.Bridge.LogOf("report"), line => line.Contains("response.broken-off", StringComparison.Ordinal));
        Assert.Equal(ExecutionStatus.SUCCEEDED, second.Status);
        // Nobody had looked at what the first execution had asked for, so it is asked for once more and then no more.
        Assert.Equal(2, bed.Bridge.Invoked.Count(function => function == "ecs.tear-down-cluster"));
        Assert.NotNull((await cases.FindAsync(incident.Incident.Id, CancellationToken.None))!.Ended);
    }

    private static async Task<(IncidentRecord Incident, StepFunctionsStarter Starter)> TriageAsync(StateMachineBed bed)
    {
        await using var triage = bed.Functions.Start(
            "triage", ("RESPONSEKIT_POLICY", Enforce), ("RESPONSEKIT_RESPONSE", "state-machine"), ("RESPONSEKIT_STATE_MACHINE", bed.Machine));
        await triage.InvokeAsync(Events.OfUser(bed.Functions, "mallory", "ecs", "CreateCluster", """{"clusterName":"miner"}"""));
        var answer = (await triage.InvokeAsync(Events.OfUser(
            bed.Functions, "mallory", "iam", "AttachUserPolicy",
            """{"userName":"mallory","policyArn":"arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}""", minutes: 1))).Json();
        Assert.True(answer.GetProperty("outcome").GetString() == "responding", answer.ToString());
        var record = await new DynamoCaseStore(bed.Functions.Table, TimeProvider.System).FindAsync(answer.GetProperty("incident").GetString()!, CancellationToken.None);
        return (record!, new StepFunctionsStarter(bed.Client, bed.Machine));
    }

    private static async Task AttackAsync(FunctionBed bed)
    {
        var iam = bed.Account.Admin.Iam(FunctionBed.Region);
        await iam.CreateUserAsync(new CreateUserRequest { UserName = "mallory" });
        await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "mallory" });
        await bed.Account.Admin.Ecs(FunctionBed.Region).CreateClusterAsync(new CreateClusterRequest { ClusterName = "miner" });
    }

    private static async Task<StatusType> KeyStatusAsync(FunctionBed bed)
    {
        var keys = await bed.Account.Admin.Iam(FunctionBed.Region).ListAccessKeysAsync(new ListAccessKeysRequest { UserName = "mallory" });
        return Assert.Single(keys.AccessKeyMetadata).Status;
    }

    private static async Task<string> ClusterAsync(FunctionBed bed)
    {
        var answer = await bed.Account.Admin.Ecs(FunctionBed.Region).DescribeClustersAsync(new DescribeClustersRequest { Clusters = ["miner"] });
        return answer.Clusters is { Count: > 0 } found ? found[0].Status : "INACTIVE";
    }
}
