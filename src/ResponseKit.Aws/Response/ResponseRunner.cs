using System.Collections.Immutable;
using ResponseKit.Response;

namespace ResponseKit.Aws.Response;

/// <summary>
/// Carries a response through in process: the waves of <see cref="ResponseStage.All"/> one after the other, then looks whether it holds,
/// again and again, taking up what has come to the case meanwhile, until nothing stirs. The state machine in AWS does the same from the same list.
/// One failure never stops the rest.
/// </summary>
public sealed class ResponseRunner(IActionInvoker functions, RunnerSettings settings, TimeProvider time, IProgress<ResponseEvent> progress)
{
    private readonly ActionCaller caller = new(functions, settings, progress);

    /// <summary>Responds to an incident.</summary>
    /// <param name="replan">Plans anew from all that is known by now; called before every round.</param>
    /// <param name="cancellationToken">Breaks off; what was applied stays applied and has its receipts.</param>
    public async Task<ResponseReport> RunAsync(Func<CancellationToken, Task<ResponsePlan>> replan, CancellationToken cancellationToken)
    {
        var ledger = new ResponseLedger();
        var quiet = 0;
        ResponsePlan plan;
        for (var look = 0; ; look++)
        {
            plan = await replan(cancellationToken);
            var fresh = ledger.TakeUp(plan);
            foreach (var wave in ResponseStage.All.GroupBy(stage => stage.Wave).OrderBy(wave => wave.Key))
                await RunWaveAsync(ledger, [.. wave.SelectMany(stage => fresh.Where(action => action.Stage == stage))], cancellationToken);
            var broken = await LookAsync(ledger, cancellationToken);
            quiet = fresh.IsEmpty && broken == 0 ? quiet + 1 : 0;
            if (quiet >= settings.QuietLooks || look >= settings.MaxLooks)
                break;
            await Task.Delay(settings.Pause, time, cancellationToken);
        }

        return new ResponseReport
        {
            Incident = plan.Incident,
            Actions = ledger.Outcomes,
            Held = [.. plan.Actions.Where(action => action.Guard is not GuardVerdict.Free)],
            Pages = plan.Pages,
            CameToRest = quiet >= settings.QuietLooks,
        };
    }

    private Task RunWaveAsync(ResponseLedger ledger, ImmutableArray<PlannedAction> actions, CancellationToken cancellationToken) =>
        // In order, so that the identity comes first: with everything else waiting behind it, seconds count.
        ForEachAsync(actions, async (action, token) => ledger.Note(action.ActionId, action.Request, await caller.CallAsync(action.ActionId, action.Request, token)), cancellationToken);

    private async Task<int> LookAsync(ResponseLedger ledger, CancellationToken cancellationToken)
    {
        var applied = ledger.Outcomes.Where(outcome => outcome.Request.Mode == ActionMode.Apply && !IsLeftAlone(outcome.Result)).ToImmutableArray();
        var broken = 0;
        await ForEachAsync(
            applied,
            async (outcome, token) =>
            {
                if (await HoldsAsync(outcome, token))
                    return;
                Interlocked.Increment(ref broken);
                ledger.Note(outcome.ActionId, outcome.Request, await caller.CallAsync(outcome.ActionId, outcome.Request, token));
            },
            cancellationToken);
        if (!applied.IsEmpty)
            progress.Report(new ResponseEvent.Looked(applied.Length - broken, broken));
        return broken;
    }

    // What a guard or a person holds back is reported, and asking again would change nothing.
    private static bool IsLeftAlone(ActionResult result) =>
        result is ActionResult.Answered { Receipt.Status: ReceiptStatus.Skipped or ReceiptStatus.NeedsApproval };

    private async Task<bool> HoldsAsync(ActionOutcome outcome, CancellationToken cancellationToken) =>
        outcome.Result is ActionResult.Answered { Receipt.Status: ReceiptStatus.Applied or ReceiptStatus.AlreadyInPlace }
        && await caller.AskAsync(outcome.ActionId, outcome.Request with { Mode = ActionMode.Verify }, cancellationToken)
            is ActionResult.Answered { Receipt.Status: ReceiptStatus.Holds };

    private Task ForEachAsync<T>(ImmutableArray<T> items, Func<T, CancellationToken, Task> body, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        items,
        new ParallelOptions { MaxDegreeOfParallelism = settings.AtOnce, CancellationToken = cancellationToken },
        async (item, token) => await body(item, token));
}
