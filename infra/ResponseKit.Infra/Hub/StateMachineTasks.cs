using System.Text.Json.Nodes;

namespace ResponseKit.Infra.Hub;

/// <summary>The tasks of the state machine: each invokes a function and keeps of its answer what later states need.</summary>
internal sealed class StateMachineTasks(Func<string, string> functionArn, string partition)
{
    /// <summary>A step that goes on with its own answer.</summary>
    public JsonObject Step(string function, string next, string onFailure) => Invoke(function, Input("incident", "round", "look"), new()
    {
        ["OutputPath"] = "$.Payload",
        ["Catch"] = CatchAll(onFailure),
        ["Next"] = next,
    });

    /// <summary>The step that ends the response, perhaps because of an error that it is told of.</summary>
    public JsonObject Report(bool hasFailed, string next) =>
        Invoke("report", hasFailed ? Input("incident", "round", "error") : Input("incident", "round"), new() { ["OutputPath"] = "$.Payload", ["Next"] = next });

    /// <summary>
    /// An action. Nothing is kept of its answer, which the look finds as its receipt: the answers of a wave would not fit between two states.
    /// </summary>
    public JsonObject Action(string id, string onFailure)
    {
        var task = Invoke(id, new() { ["Payload.$"] = "$.payload" }, new()
        {
            ["ResultSelector"] = new JsonObject { ["answered"] = true },
            ["Catch"] = CatchAll(onFailure),
            ["End"] = true,
        });
        return task;
    }

    /// <summary>
    /// Hands a token to the function that takes a person's answer, and waits until it gives the token back (Step Functions Developer Guide, "Wait for a
    /// Callback with Task Token"). What the answer was, the next pass reads for itself.
    /// </summary>
    public JsonObject Approval(TimeSpan pause, string next, string onFailure)
    {
        var ask = new JsonObject { ["incident.$"] = "$.incident", ["round.$"] = "$.round", ["token.$"] = "$$.Task.Token" };
        var task = Invoke("approval", new() { ["Payload"] = new JsonObject { ["ask"] = ask } }, new()
        {
            ["TimeoutSeconds"] = (int)Math.Ceiling(pause.TotalSeconds),
            ["ResultPath"] = null,
            ["Next"] = next,
        });
        task["Resource"] = $"arn:{partition}:states:::lambda:invoke.waitForTaskToken";
        // Running out of time is no failure, and States.ALL would take it for one.
        task["Retry"]!.AsArray().Insert(0, new JsonObject { ["ErrorEquals"] = new JsonArray("States.Timeout"), ["MaxAttempts"] = 0 });
        var timeOut = new JsonObject { ["ErrorEquals"] = new JsonArray("States.Timeout"), ["ResultPath"] = null, ["Next"] = next };
        task["Catch"] = new JsonArray(timeOut, CatchAll(onFailure)[0]!.DeepClone());
        return task;
    }

    /// <summary>Goes on there with the error, whatever it is.</summary>
    public static JsonArray CatchAll(string next) =>
        new(new JsonObject { ["ErrorEquals"] = new JsonArray("States.ALL"), ["ResultPath"] = "$.error", ["Next"] = next });

    private static JsonObject Input(params ReadOnlySpan<string> fields)
    {
        var payload = new JsonObject();
        foreach (var field in fields)
            payload[field + ".$"] = "$." + field;
        return new() { ["Payload"] = payload };
    }

    private JsonObject Invoke(string function, JsonObject parameters, JsonObject more)
    {
        parameters.Insert(0, "FunctionName", functionArn(function));
        var task = new JsonObject
        {
            ["Type"] = "Task",
            ["Resource"] = $"arn:{partition}:states:::lambda:invoke",
            ["Parameters"] = parameters,
            ["Retry"] = Retries(),
        };
        foreach (var (name, value) in more)
            task[name] = value?.DeepClone();
        return task;
    }

    // The first: what AWS advises to retry (Step Functions Developer Guide, "Handle transient Lambda service exceptions"), and throttling, for longer.
    // The second: a function that broke off. Every function may be asked again: it goes on where it was.
    private static JsonArray Retries() => new(
        Retry(["Lambda.ServiceException", "Lambda.AWSLambdaException", "Lambda.SdkClientException", "Lambda.TooManyRequestsException"], 1, 8),
        Retry(["States.ALL"], 2, 2));

    private static JsonObject Retry(string[] errors, int seconds, int attempts) => new()
    {
        ["ErrorEquals"] = new JsonArray([.. errors.Select(error => JsonValue.Create(error))]),
        ["IntervalSeconds"] = seconds,
        ["MaxAttempts"] = attempts,
        ["BackoffRate"] = 2,
        ["MaxDelaySeconds"] = 30,
    };
}
