using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ResponseKit.Response;

namespace ResponseKit.Infra.Hub;

/// <summary>
/// The state machine that carries a response through, in Amazon States Language with JSONPath (Step Functions Developer Guide, "Using Amazon States
/// Language"). It is made from <see cref="ResponseStage.All"/> and the actions, so that there is no second statement of the order.
/// Its input is <c>{"incident","round"}</c>. It goes: plan, one wave after the other, wait, look, and again until a look says that it is done; then report, unless something has come
/// since the last plan, which is planned for as well.
/// When nothing is left but what a person must approve, it waits for the answer, and plans anew every <see cref="RunnerSettings.ApprovalPause"/>.
/// </summary>
public static class StateMachineDefinition
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <summary>The definition.</summary>
    /// <param name="actions">The actions that a response may ask for.</param>
    /// <param name="functionArn">The ARN of the function of an action's id, or of <c>plan</c>, <c>approval</c>, <c>look</c> and <c>report</c>; or what stands for it.</param>
    /// <param name="settings">The pause before each look, and how many actions run at the same time.</param>
    /// <param name="partition">The partition, or what stands for it.</param>
    public static string Of(IEnumerable<ActionDescriptor> actions, Func<string, string> functionArn, RunnerSettings settings, string partition = "aws")
    {
        var tasks = new StateMachineTasks(functionArn, partition);
        var states = new JsonObject
        {
            ["Begin"] = Pass(new() { ["incident.$"] = "$.incident", ["round.$"] = "$.round", ["look"] = 0 }, "Plan"),
            ["Plan"] = tasks.Step("plan", "Only a person's answer left?", "Report failure"),
            ["Only a person's answer left?"] = Choice("$.waits", "Wait for approval", WaveName(ResponseStage.Waves[0])),
            ["Wait for approval"] = tasks.Approval(settings.ApprovalPause, "Next pass", "Report failure"),
        };
        foreach (var (at, wave) in ResponseStage.Waves.Index())
        {
            var next = at + 1 < ResponseStage.Waves.Length ? WaveName(ResponseStage.Waves[at + 1]) : "More to do?";
            states[WaveName(wave)] = Wave(at, [.. actions.Where(action => action.Stage.Wave == wave)], tasks, settings, next);
        }

        states["More to do?"] = Choice("$.more", "Next pass", "Wait");
        states["Next pass"] = Pass(new() { ["incident.$"] = "$.incident", ["round.$"] = "$.round", ["look.$"] = "States.MathAdd($.look, 1)" }, "Plan");
        states["Wait"] = new JsonObject { ["Type"] = "Wait", ["Seconds"] = (int)Math.Ceiling(settings.Pause.TotalSeconds), ["Next"] = "Look" };
        states["Look"] = tasks.Step("look", "Came to rest?", "Report failure");
        states["Came to rest?"] = Choice("$.done", "Report", "Plan");
        states["Report"] = tasks.Report(hasFailed: false, "Something new?");
        states["Something new?"] = Choice("$.again", "Plan", "Ended");
        states["Ended"] = new JsonObject { ["Type"] = "Succeed" };
        states["Report failure"] = tasks.Report(hasFailed: true, "Failed");
        states["Failed"] = new JsonObject
        {
            ["Type"] = "Fail",
            ["Error"] = "ResponseKit.BrokenOff",
            ["Cause"] = "A step of the response failed for good; the log of its function tells why. What was done stands and has its receipts.",
        };
        return new JsonObject { ["Comment"] = "Responds to an incident.", ["StartAt"] = "Begin", ["States"] = states }.ToJsonString(Readable);
    }

    private static string WaveName(int wave) => string.Join(" and ", ResponseStage.All.Where(stage => stage.Wave == wave).Select(stage => stage.Title));

    private static JsonObject Pass(JsonObject parameters, string next) => new() { ["Type"] = "Pass", ["Parameters"] = parameters, ["Next"] = next };

    private static JsonObject Choice(string variable, string then, string otherwise) => new()
    {
        ["Type"] = "Choice",
        ["Choices"] = new JsonArray(new JsonObject { ["Variable"] = variable, ["BooleanEquals"] = true, ["Next"] = then }),
        ["Default"] = otherwise,
    };

    private static JsonObject Wave(int at, IReadOnlyList<ActionDescriptor> actions, StateMachineTasks tasks, RunnerSettings settings, string next)
    {
        var number = (at + 1).ToString(CultureInfo.InvariantCulture);
        var (choose, left) = ($"Which action? ({number})", $"Left to the next pass ({number})");
        var states = new JsonObject
        {
            [choose] = new JsonObject
            {
                ["Type"] = "Choice",
                ["Choices"] = new JsonArray(
                    [.. actions.Select(action => new JsonObject { ["Variable"] = "$.function", ["StringEquals"] = action.Id, ["Next"] = action.Id })]),
                ["Default"] = left,
            },
        };
        foreach (var action in actions)
            states[action.Id] = tasks.Action(action.Id, left);
        // Whatever went wrong, the rest goes on; the look finds it, and the next pass asks again.
        states[left] = new JsonObject { ["Type"] = "Pass", ["Result"] = new JsonObject { ["answered"] = false }, ["End"] = true };
        return new JsonObject
        {
            ["Type"] = "Map",
            ["ItemsPath"] = $"$.waves[{at.ToString(CultureInfo.InvariantCulture)}]",
            ["MaxConcurrency"] = settings.AtOnce,
            ["ItemProcessor"] = new JsonObject { ["ProcessorConfig"] = new JsonObject { ["Mode"] = "INLINE" }, ["StartAt"] = choose, ["States"] = states },
            ["ResultPath"] = null,
            ["Catch"] = StateMachineTasks.CatchAll(next),
            ["Next"] = next,
        };
    }
}
