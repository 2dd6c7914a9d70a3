using System.Collections.Immutable;
using System.Text.Json;
using ResponseKit.Aws.Actions;
using ResponseKit.Infra.Hub;
using ResponseKit.Response;

namespace ResponseKit.Infra.Tests;

public sealed class StateMachineDefinitionTests
{
    private static readonly RunnerSettings Settings = new() { Pause = TimeSpan.FromSeconds(7), AtOnce = 5, ApprovalPause = TimeSpan.FromSeconds(90) };
    private static readonly ImmutableArray<ActionDescriptor> Actions = [.. ActionCatalogue.All.Select(action => action.Descriptor)];
    private static readonly JsonElement Machine = JsonElement.Parse(StateMachineDefinition.Of(Actions, function => $"arn:{function}", Settings));

    [Fact]
    public void Goes_through_the_waves_in_the_order_of_the_stages_then_waits_looks_and_reports()
    {
        string[] waves =
            [.. ResponseStage.All.GroupBy(stage => stage.Wave).OrderBy(wave => wave.Key).Select(wave => string.Join(" and ", wave.Select(stage => stage.Title)))];

        Assert.Equal(["Begin", "Plan", "Only a person's answer left?", .. waves, "More to do?", "Wait", "Look", "Came to rest?"], Path(state => State(state)));
        Assert.Equal(waves.Select((_, at) => $"$.waves[{at}]"), waves.Select(wave => Text(State(wave), "ItemsPath")));
        Assert.All(waves, wave => Assert.Equal(5, State(wave).GetProperty("MaxConcurrency").GetInt32()));
        Assert.Equal(7, State("Wait").GetProperty("Seconds").GetInt32());
        Assert.Equal(("Report", "Plan"), Choice("Came to rest?"));
        Assert.Equal(("Next pass", "Wait"), Choice("More to do?"));
        Assert.Equal(("Plan", "Ended"), Choice("Something new?"));
        Assert.Equal(("Something new?", "Succeed"), (Text(State("Report"), "Next"), Text(State("Ended"), "Type")));
    }

    [Fact]
    public void When_only_a_persons_answer_is_left_it_waits_for_the_token_and_plans_anew_when_it_is_given_back_or_time_runs_out()
    {
        var wait = State("Wait for approval");

        Assert.Equal("Wait for approval", Choice("Only a person's answer left?").Then);
        Assert.Equal("arn:aws:states:::lambda:invoke.waitForTaskToken", Text(wait, "Resource"));
        Assert.Equal("arn:approval", Text(wait.GetProperty("Parameters"), "FunctionName"));
        Assert.Equal("$$.Task.Token", Text(wait.GetProperty("Parameters").GetProperty("Payload").GetProperty("ask"), "token.$"));
        Assert.Equal(90, wait.GetProperty("TimeoutSeconds").GetInt32());
        Assert.Equal("Next pass", Text(wait, "Next"));
        // The first that fits decides, and States.ALL fits a time-out too.
        Assert.Equal(("States.Timeout", 0), (wait.GetProperty("Retry")[0].GetProperty("ErrorEquals")[0].GetString(), wait.GetProperty("Retry")[0].GetProperty("MaxAttempts").GetInt32()));
        Assert.Equal(("States.Timeout", "Next pass"), (wait.GetProperty("Catch")[0].GetProperty("ErrorEquals")[0].GetString(), Text(wait.GetProperty("Catch")[0], "Next")));
        Assert.Equal("Report failure", Text(wait.GetProperty("Catch")[1], "Next"));
    }

    [Fact]
    public void Every_action_is_in_its_stages_wave_and_invoked_by_its_own_arn()
    {
        foreach (var action in Actions)
        {
            var owner = Assert.Single(
                Machine.GetProperty("States").EnumerateObject(), state => Within(state.Value) is { } states && states.TryGetProperty(action.Id, out _));
            Assert.Contains(action.Stage.Title, owner.Name, StringComparison.Ordinal);
            var task = Within(owner.Value)!.Value.GetProperty(action.Id);
            Assert.Equal($"arn:{action.Id}", Text(task.GetProperty("Parameters"), "FunctionName"));
            Assert.Equal("$.payload", Text(task.GetProperty("Parameters"), "Payload.$"));
        }
    }

    [Fact]
    public void Every_task_is_tried_again_and_no_failure_of_an_action_stops_the_rest()
    {
        foreach (var (_, state) in All(Machine).Where(state => Text(state.State, "Type") == "Task"))
            Assert.Contains(state.GetProperty("Retry").EnumerateArray(), retry => retry.GetRawText().Contains("Lambda.TooManyRequestsException", StringComparison.Ordinal));
        foreach (var action in Actions)
            Assert.Equal("States.ALL", All(Machine).Single(state => state.Name == action.Id).State.GetProperty("Catch")[0].GetProperty("ErrorEquals")[0].GetString());
        Assert.All(["Plan", "Look"], step => Assert.Equal("Report failure", Text(State(step).GetProperty("Catch")[0], "Next")));
        Assert.Equal("Failed", Text(State("Report failure"), "Next"));
    }

    [Fact]
    public void Names_are_unique_and_short_enough_and_every_way_leads_somewhere()
    {
        var states = All(Machine).ToList();

        Assert.Equal(states.Count, states.Select(state => state.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(states, state => Assert.InRange(state.Name.Length, 1, 80));
        var names = states.Select(state => state.Name).ToHashSet(StringComparer.Ordinal);
        Assert.All(states.SelectMany(state => Targets(state.State)), target => Assert.Contains(target, names));
    }

    private static JsonElement State(string name) => Machine.GetProperty("States").GetProperty(name);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static JsonElement? Within(JsonElement state) => state.TryGetProperty("ItemProcessor", out var processor) ? processor.GetProperty("States") : null;

    private static (string? Then, string? Otherwise) Choice(string name) => (Text(State(name).GetProperty("Choices")[0], "Next"), Text(State(name), "Default"));

    private static IEnumerable<string> Path(Func<string, JsonElement> state)
    {
        for (var name = Text(Machine, "StartAt"); name is not null;)
        {
            yield return name;
            // Of a choice, the way that goes on in this pass.
            name = state(name).TryGetProperty("Next", out var next) ? next.GetString() : name == "Came to rest?" ? null : Text(state(name), "Default");
        }
    }

    private static IEnumerable<(string Name, JsonElement State)> All(JsonElement machine) => machine.GetProperty("States").EnumerateObject()
        .SelectMany(state => (Within(state.Value) is null ? [] : All(state.Value.GetProperty("ItemProcessor"))).Prepend((state.Name, state.Value)));

    private static IEnumerable<string> Targets(JsonElement state)
    {
        foreach (var name in new[] { "Next", "Default" }.Where(name => state.TryGetProperty(name, out _)))
            yield return Text(state, name)!;
        foreach (var list in new[] { "Catch", "Choices" }.Where(name => state.TryGetProperty(name, out _)))
        {
            foreach (var item in state.GetProperty(list).EnumerateArray())
                yield return Text(item, "Next")!;
        }
    }
}
