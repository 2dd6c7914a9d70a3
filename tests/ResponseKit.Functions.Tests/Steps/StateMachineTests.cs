using Amazon.IdentityManagement;
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
        await Mallory.AttackAsync(bed.Functions);
        // Once and its two retries: the first pass has to do without it.
        bed.Bridge.Break("iam.contain-user", times: 3);

        var (incident, starter) = await Mallory.TriageAsync(bed, Enforce);
        var ended = await bed.EndOfAsync(incident.ResponseName);

        Assert.True(ended.Status == ExecutionStatus.SUCCEEDED, $"{ended.Status}: {ended.Error} {ended.Cause}");
        Assert.Contains("\"cameToRest\":true", ended.Output.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("\"left\":[]", ended.Output.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(StatusType.Inactive, await Mallory.KeyStatusAsync(bed.Functions));
        Assert.Equal("INACTIVE", await Mallory.ClusterAsync(bed.Functions));
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
        await Mallory.AttackAsync(bed.Functions);
        bed.Bridge.Break("look", times: 3);

        var (incident, starter) = await Mallory.TriageAsync(bed, Enforce);
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
}
