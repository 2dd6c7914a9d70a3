using ResponseKit.Aws.Accounts;
using ResponseKit.Policy;
using ResponseKit.Response;
using ResponseKit.Response.Execution;
using ResponseKit.Response.Stores;

namespace ResponseKit.Aws.Execution;

/// <summary>
/// Runs actions: enters the account with the permissions of the phase, carries the receipt from run to run, and keeps within the time allowed.
/// Guards are the caller's business: what arrives here is meant to happen.
/// </summary>
/// <param name="accounts">The way into accounts.</param>
/// <param name="receipts">Where receipts are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="guards">What the policy file says is held as evidence, which actions find inside what they act on; nothing where it is null.</param>
public sealed class ActionExecutor(IAccountAccess accounts, IReceiptStore receipts, TimeProvider time, GuardSettings? guards = null)
{
    /// <summary>
    /// What may hold a request back: a receipt that says why, or null. It is asked while the account is being entered, since each answer takes a round trip, and nothing is
    /// done before it has answered. Nothing holds requests back where it is null.
    /// </summary>
    public Func<ActionDescriptor, ActionRequest, CancellationToken, Task<ActionReceipt?>>? Gate { get; init; }

    /// <summary>
    /// Does what the request says. Returns the receipt, which tells of every failure; throws only when the account cannot be entered
    /// (<see cref="AccountAccessException"/>), when there is nothing to revert (<see cref="ReceiptNotFoundException"/>) or nothing to revert by
    /// (<see cref="ReceiptNotVerifiedException"/>), or for a bug.
    /// </summary>
    /// <param name="action">The action.</param>
    /// <param name="request">A request for that action.</param>
    /// <param name="allowed">How long it may take; <see cref="Timeout.InfiniteTimeSpan"/> for as long as needed.</param>
    /// <param name="cancellationToken">Gives up at once, between or within calls.</param>
    public async Task<ActionReceipt> ExecuteAsync(IResponseAction action, ActionRequest request, TimeSpan allowed, CancellationToken cancellationToken)
    {
        var clock = new RunClock(time, allowed);
        var id = request.Receipt ?? ReceiptId.For(action.Descriptor.Id, request);
        var held = Gate is null ? Task.FromResult<ActionReceipt?>(null) : Gate(action.Descriptor, request, cancellationToken);
        var finding = receipts.FindAsync(id, cancellationToken);
        var entering = accounts.EnterAsync(request.Account, request.Region, action.Descriptor.Permissions.For(request.Mode), cancellationToken);
        // All of them end before anything is said: a function that has answered is frozen, with whatever it has under way.
        await Task.WhenAll(held, finding, entering).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (await held is { } heldBack)
            return heldBack;
        var earlier = await finding;
        if (request.Mode == ActionMode.Revert && (earlier is null || !Fits(earlier, action, request)))
            throw new ReceiptNotFoundException(id);
        // A receipt that somebody else wrote would have us put anything anywhere.
        if (request.Mode == ActionMode.Revert && !earlier!.IsVerified)
            throw new ReceiptNotVerifiedException(id);
        using var aws = await entering;
        var standing = earlier is { Reverted: null, IsVerified: true } ? earlier : null;
        var log = new StepLog(request.Mode == ActionMode.Apply && standing is not null ? standing.Steps : []);
        var draft = new ReceiptDraft(id, action.Descriptor, request, log, standing, time);
        // Undoing keeps its receipt as it is until all is undone: a run that is cut off must find it again.
        using var saves = new OrderedSaves(
            token => request.Mode == ActionMode.Apply ? receipts.SaveAsync(draft.Unfinished(), token) : Task.CompletedTask);
        var run = new ActionRun(request, aws, log, clock, standing, saves.SaveAsync) { Guards = guards ?? new() };

        using var deadline = new CancellationTokenSource(clock.Left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await (request.Mode switch
            {
                ActionMode.Plan or ActionMode.Apply => action.ApplyAsync(run, either.Token),
                ActionMode.Verify => action.VerifyAsync(run, either.Token),
                _ => action.RevertAsync(run, earlier!, either.Token),
            });
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            draft.RanOutOfTime = true;
        }

        return await SaveAsync(draft, earlier, cancellationToken);
    }

    // A receipt can be named by hand; undoing one target's changes on another would do harm.
    private static bool Fits(ActionReceipt receipt, IResponseAction action, ActionRequest request) =>
        receipt.Action == action.Descriptor.Id
        && receipt.Targets.ToHashSet(StringComparer.Ordinal).SetEquals(request.Targets.Select(target => target.ToArn()));

    private async Task<ActionReceipt> SaveAsync(ReceiptDraft draft, ActionReceipt? earlier, CancellationToken cancellationToken)
    {
        var receipt = draft.Finished();
        if (receipt.Mode == ActionMode.Apply)
            await receipts.SaveAsync(receipt, cancellationToken);
        else if (receipt.Mode == ActionMode.Revert && receipt.Status is (ReceiptStatus.Applied or ReceiptStatus.AlreadyInPlace))
            await receipts.SaveAsync(earlier! with { Reverted = receipt.Finished }, cancellationToken);
        return receipt;
    }
}
