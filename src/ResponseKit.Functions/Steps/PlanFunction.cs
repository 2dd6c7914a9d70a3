using ResponseKit.Response;

namespace ResponseKit.Functions.Steps;

/// <summary>
/// The first step of each pass of a response: plans anew by all that is known, and answers what this round has not asked for yet and what did not hold,
/// wave by wave. It changes nothing in AWS. Asked twice for the same pass, it answers the same.
/// </summary>
internal sealed class PlanFunction(ResponseSteps steps)
{
    /// <summary>
    /// How long the requests of one pass may be together, in bytes: half of the 256 KiB that may pass between two states (Step Functions Developer Guide,
    /// "Quotas"). What does not fit is left to the next pass.
    /// </summary>
    public const int MostBytes = 128 * 1024;

    /// <summary>Answers <c>{"incident","round","look","waves":[[{"function","payload"}…]…],"more","held","pages"}</c>.</summary>
    public async Task<byte[]> HandleAsync(ReadOnlyMemory<byte> payload, TimeSpan remaining, CancellationToken cancellationToken)
    {
        var input = StepInput.Read(payload);
        var pass = await PassAsync(input, cancellationToken);
        steps.Services.Log.Write(
            LogSeverity.Information, "response.planned", ("incident", input.Incident), ("round", $"{input.Round}"), ("look", $"{pass.Look}"),
            ("actions", $"{pass.Actions.Length}"), ("fresh", $"{pass.Fresh}"), ("more", pass.More ? "yes" : "no"), ("held", $"{pass.Held}"), ("pages", $"{pass.Pages}"));
        return StepJson.Write(input, pass);
    }

    private async Task<ResponsePass> PassAsync(StepInput input, CancellationToken cancellationToken)
    {
        if (await steps.FindAsync(input, cancellationToken) is not { } record)
            return new ResponsePass { Look = input.Look, Actions = [], Fresh = 0, More = false, Held = 0, Pages = 0 };
        var ledger = await steps.LedgerAsync(record, cancellationToken);
        var due = ledger.Due(input.Look);
        return ledger.PassOf(due)
            ?? await steps.Services.Ledgers.KeepAsync(record.ResponseName, ledger.TakeUp(steps.Plan(record), due, MostBytes), cancellationToken);
    }
}
