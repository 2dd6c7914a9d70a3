using System.Collections.Immutable;
using ResponseKit.Policy;
using ResponseKit.Response;
using ResponseKit.Response.Stores;

namespace ResponseKit.Functions.Steps;

/// <summary>
/// The first step of each pass of a response: plans anew by all that is known, and answers what this round has not asked for yet and what did not hold,
/// wave by wave. It changes nothing in AWS, and asks a person where
/// the guards say so. Asked twice for the same pass, it answers the same.
/// </summary>
internal sealed class PlanFunction(ResponseSteps steps)
{
    /// <summary>
    /// How long the requests of one pass may be together, in bytes: half of the 256 KiB that may pass between two states (Step Functions Developer Guide,
    /// "Quotas"). What does not fit is left to the next pass.
    /// </summary>
    public const int MostBytes = 128 * 1024;

    /// <summary>Answers <c>{"incident","round","look","waves":[[{"function","payload"}…]…],"more","held","pages","waits"}</c>.</summary>
    public async Task<byte[]> HandleAsync(ReadOnlyMemory<byte> payload, TimeSpan remaining, CancellationToken cancellationToken)
    {
        var input = StepInput.Read(payload);
        var pass = await PassAsync(input, cancellationToken);
        steps.Services.Log.Write(
            LogSeverity.Information, "response.planned", ("incident", input.Incident), ("round", $"{input.Round}"), ("look", $"{pass.Look}"),
            ("actions", $"{pass.Actions.Length}"), ("fresh", $"{pass.Fresh}"), ("more", pass.More ? "yes" : "no"), ("held", $"{pass.Held}"), ("pages", $"{pass.Pages}"), ("waits", pass.Waits ? "yes" : "no"));
        return StepJson.Write(input, pass);
    }

    private async Task<ResponsePass> PassAsync(StepInput input, CancellationToken cancellationToken)
    {
        if (await steps.FindAsync(input, cancellationToken) is not { } record)
            return new ResponsePass { Look = input.Look, Actions = [], Fresh = 0, More = false, Held = 0, Pages = 0 };
        var ledger = await steps.LedgerAsync(record, cancellationToken);
        var due = ledger.Due(input.Look);
        if (ledger.PassOf(due) is { } before)
            return before;
        var approvals = await steps.ApprovalsAsync(record, cancellationToken);
        var plan = steps.Plan(record, approvals);
        var isAsked = await AskAsync(record, plan, approvals, cancellationToken);
        // The opening told of what was known then. What has come since is not to wait for the end.
        if (plan.Pages.Length > Math.Max(ledger.MostPages, record.Incident.Paged))
            await steps.Services.TellAsync(IncidentNotices.Paged(record, plan.Pages, steps.Services.Policy.Mode), cancellationToken);
        return await steps.Services.Ledgers.KeepAsync(record.ResponseName, ledger.TakeUp(plan, due, MostBytes, isAsked), cancellationToken);
    }

    // What is braked waits no longer than the brake stands: afterwards nothing keeps the actor from going on, which begins another round.
    private static DateTimeOffset UntilOf(IncidentRecord record, DateTimeOffset usual) =>
        record is { IsBrake: true, Incident.Brake: { } brake } && brake.Until < usual ? brake.Until : usual;

    /// <summary>Asks a person about what waits for one, and says whether an answer is awaited.</summary>
    private async Task<bool> AskAsync(IncidentRecord record, ResponsePlan plan, ImmutableArray<Approval> approvals, CancellationToken cancellationToken)
    {
        if (steps.Services.Policy.Mode == ResponseMode.Observe)
            return false;
        var now = steps.Services.Time.GetUtcNow();
        var items = Approval.ItemsOf(plan);
        var ofRound = approvals.Where(approval => approval.Round == record.Round).ToList();
        // Whoever said no, or nothing, is not asked again before something new takes effect, which begins another round.
        if (items.IsEmpty || ofRound.Exists(approval => approval.IsRefused(now)))
            return false;
        if (ofRound.Exists(approval => approval.IsPending(now)))
            return true;
        var asked = new Approval
        {
            Incident = record.Incident.Id,
            Round = record.Round,
            Number = 1 + approvals.Where(approval => approval.IsVerified).Select(approval => approval.Number).DefaultIfEmpty().Max(),
            Asked = now,
            Until = UntilOf(record, now.AddHours(steps.Services.Policy.Guards.ApprovalHours)),
            Items = items,
        };
        await steps.Services.Approvals.AskAsync(asked, cancellationToken);
        steps.Services.Log.Write(
            LogSeverity.Warning, "response.asks", ("incident", asked.Incident), ("round", $"{asked.Round}"), ("question", $"{asked.Number}"),
            ("actions", string.Join(' ', items.Select(item => item.ActionId).Distinct(StringComparer.Ordinal))),
            ("targets", $"{items.Sum(item => item.Targets.Length)}"), ("until", $"{asked.Until:u}"));
        return true;
    }
}
