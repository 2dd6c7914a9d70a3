using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace ResponseKit.Response.Running;

/// <summary>
/// Carries a response through in process: the waves of <see cref="ResponseStage.All"/> one after the other, then looks whether it holds,
/// again and again, taking up what has come to the case meanwhile, until nothing stirs. The state machine in AWS does the same from the same list
/// and by the same <see cref="ResponseLedger"/>. One failure never stops the rest.
/// </summary>
public sealed class ResponseRunner(IActionInvoker functions, RunnerSettings settings, TimeProvider time, IProgress<ResponseEvent> progress)
{
    private readonly ActionCaller caller = new(functions, settings, progress);

    /// <summary>Responds to an incident.</summary>
    /// <param name="round">The incident's round.</param>
    /// <param name="cancellationToken">Breaks off; what was applied stays applied and has its receipts.</param>
    public async Task<ResponseReport> RunAsync(IResponseRound round, CancellationToken cancellationToken)
    {
        var ledger = new ResponseLedger(settings, [], []);
        var results = new ConcurrentDictionary<string, ActionResult>(StringComparer.Ordinal);
        var looker = new ResponseLooker(functions, settings, progress, (action, _) => Task.FromResult(results[ResponseLedger.IdOf(action)]));
        for (var look = 0; ; look++)
        {
            var plan = await round.PlanAsync(cancellationToken);
            var pass = ledger.TakeUp(plan, look);
            await round.KeepAsync(pass, cancellationToken);
            foreach (var wave in ResponseStage.Waves)
                await RunWaveAsync([.. pass.Actions.Where(action => action.Stage.Wave == wave)], results, cancellationToken);
            await Task.Delay(settings.Pause, time, cancellationToken);
            if ((await looker.LookAsync(ledger, look, CancellationToken.None, cancellationToken)).Done && await round.EndAsync(ledger.Answered, cancellationToken))
                return Report(plan, ledger, results);
        }
    }

    private Task RunWaveAsync(ImmutableArray<PlannedAction> actions, ConcurrentDictionary<string, ActionResult> results, CancellationToken cancellationToken) =>
        // In order, so that the identity comes first: with everything else waiting behind it, seconds count.
        Parallel.ForEachAsync(
            actions,
            new ParallelOptions { MaxDegreeOfParallelism = settings.AtOnce, CancellationToken = cancellationToken },
            async (action, token) => results[ResponseLedger.IdOf(action)] = await caller.CallAsync(action.ActionId, action.Request, token));

    private static ResponseReport Report(ResponsePlan plan, ResponseLedger ledger, ConcurrentDictionary<string, ActionResult> results) => new()
    {
        Incident = plan.Incident,
        Actions = [.. ledger.Actions.Select(action => new ActionOutcome(action.ActionId, action.Request, results[ResponseLedger.IdOf(action)]))],
        Held = [.. plan.Actions.Where(action => action.Guard is not GuardVerdict.Free)],
        Pages = plan.Pages,
        CameToRest = ledger.CameToRest,
    };
}
