using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.Lambda.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Lambda;

/// <summary>
/// The function's reserved concurrency. Zero stops every way of calling it at once, whatever version or alias is called.
/// Lambda Developer Guide, "Configuring reserved concurrency for a function".
/// </summary>
internal sealed class ReservedConcurrency(ActionRun run) : FunctionPart(run)
{
    // A function that is still being made or updated takes no new setting for some seconds.
    private static readonly string[] Passing = ["ResourceConflictException"];

    public override string Kind => "concurrency";

    /// <summary>Whether the function was found not to exist.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Empty when there is no such function, or when it could not be read.</summary>
    public override async Task<IReadOnlyList<Wanted>> AllAsync(CancellationToken cancellationToken)
    {
        var gone = new GetFunctionConcurrencyResponse();
        var found = await Run.ReadAsync(
            "lambda:GetFunctionConcurrency", $"reserved concurrency of function {Name}", gone,
            token => Lambda.GetFunctionConcurrencyAsync(new GetFunctionConcurrencyRequest { FunctionName = Name }, token), cancellationToken);
        IsGone = found == gone;
        if (IsGone)
            Run.AlreadyInPlace(Missing());
        return found is null || IsGone ? [] : [Zero(found.ReservedConcurrentExecutions)];
    }

    public override async Task UndoAsync(StepReceipt done, CancellationToken cancellationToken)
    {
        var former = done.Before?["reserved"]?.GetValue<int>();
        var gone = new GetFunctionConcurrencyResponse();
        var found = await Run.ReadAsync(
            "lambda:GetFunctionConcurrency", $"reserved concurrency of function {Name}", gone,
            token => Lambda.GetFunctionConcurrencyAsync(new GetFunctionConcurrencyRequest { FunctionName = Name }, token), cancellationToken);
        var present = found is null ? Present.Unread
            : Present.Of(
                found != gone && found.ReservedConcurrentExecutions == 0, found == gone || found.ReservedConcurrentExecutions == former,
                $"The reserved concurrency of function {Name} is {found.ReservedConcurrentExecutions?.ToString(CultureInfo.InvariantCulture) ?? "none"}.");
        await (former is { } reserved
            ? Run.UndoAsync(
                done, present, "lambda:PutFunctionConcurrency", $"Set the reserved concurrency of function {Name} back to {reserved}",
                token => PutAsync(reserved, token), cancellationToken)
            : Run.UndoAsync(
                done, present, "lambda:DeleteFunctionConcurrency", $"Remove the reserved concurrency of function {Name}",
                async token => await Lambda.DeleteFunctionConcurrencyAsync(new DeleteFunctionConcurrencyRequest { FunctionName = Name }, token),
                cancellationToken));
    }

    private Wanted Zero(int? reserved)
    {
        var step = new Step(Kind, "lambda:PutFunctionConcurrency", $"function {Name}", $"Set the reserved concurrency of function {Name} to zero")
        {
            Before = new JsonObject { ["reserved"] = reserved },
            MeansInPlace = ["ResourceNotFoundException"],
        };
        var found = reserved is null ? "The function runs without a limit of its own." : $"The function may run {reserved} times at once.";
        return new Wanted(step, reserved == 0, found, token => PutAsync(0, token));
    }

    private async Task<Amazon.Runtime.AmazonWebServiceResponse> PutAsync(int reserved, CancellationToken cancellationToken) => await Run.WhileAsync(
        Passing,
        token => Lambda.PutFunctionConcurrencyAsync(
            new PutFunctionConcurrencyRequest { FunctionName = Name, ReservedConcurrentExecutions = reserved }, token),
        cancellationToken);

    private Step Missing() => new(
        "function", "lambda:GetFunctionConcurrency", $"function {Name}",
        $"Function {Name} does not exist in account {Run.Request.Account}, region {Run.Region}, so there is nothing to lock. "
        + "Check name and region if you expected it");
}
