using ResponseKit.Aws.Accounts;
using ResponseKit.Aws.Execution;
using ResponseKit.Deployment;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Functions;

/// <summary>
/// The function of one action: takes the payload that the state machine sends and a person pastes into the console, and answers with the receipt,
/// or with an object that says what is wrong with the payload. A malformed payload is an answer, not a failure: a person should see it.
/// </summary>
public sealed class ActionFunction(IResponseAction action, FunctionServices services)
{
    /// <summary>
    /// How long an answer may be, in bytes. A task of a state machine fails for good when its result has more than 256 KiB (Step Functions Developer
    /// Guide, "Quotas"); the result holds the answer and some words about it.
    /// </summary>
    public const int MostBytes = 200_000;

    /// <summary>Whether ResponseKit itself asks, within its own process; else whoever may invoke the function does.</summary>
    internal bool IsAskedByUs { get; init; }

    /// <summary>Carries a request out.</summary>
    /// <param name="payload">The request as JSON.</param>
    /// <param name="remaining">The time until the process is ended; <see cref="Timeout.InfiniteTimeSpan"/> when nobody ends it.</param>
    /// <param name="cancellationToken">Gives up at once.</param>
    /// <returns>A receipt, or <c>{"error": …, "fields": [{"field": …, "problem": …, "accepts": …}]}</c> when nothing was done.</returns>
    public Task<byte[]> HandleAsync(ReadOnlyMemory<byte> payload, TimeSpan remaining, CancellationToken cancellationToken) =>
        ActionRequestParser.Parse(payload, action.Descriptor) switch
        {
            ActionRequestResult.Valid valid => AnswerAsync(valid.Request, remaining, cancellationToken),
            ActionRequestResult.Invalid invalid => Task.FromResult(Refuse(invalid)),
            _ => throw new InvalidOperationException("Not a result."),
        };

    private async Task<byte[]> AnswerAsync(ActionRequest request, TimeSpan remaining, CancellationToken cancellationToken)
    {
        var budget = new TimeBudget(remaining, services.Time);
        using var last = new CancellationTokenSource(budget.ForAnswer, services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, last.Token);
        try
        {
            var receipt = await CarryOutAsync(request, budget, either.Token);
            await new HandWork(services, IsAskedByUs).NoteAsync(request, receipt, either.Token);
            return Answer(receipt);
        }
        catch (AccountAccessException error)
        {
            return Refuse(request, "action.no-access", error.Message);
        }
        catch (ReceiptNotFoundException error)
        {
            return Refuse(request, "action.no-receipt", error.Message);
        }
        catch (ReceiptNotVerifiedException error)
        {
            return Refuse(request, "action.receipt-not-verified", error.Message);
        }
        catch (OperationCanceledException) when (last.IsCancellationRequested || !cancellationToken.IsCancellationRequested)
        {
            return Refuse(
                request, "action.out-of-time",
                "Time ran out within a call. What was done by then is in the stored receipt. Send the same request again to go on, or give the function more time.");
        }
    }

    private async Task<ActionReceipt> CarryOutAsync(ActionRequest request, TimeBudget budget, CancellationToken cancellationToken)
    {
        var accounts = services.Accounts.For(action.Descriptor.Id, request.Incident);
        var executor = new ActionExecutor(accounts, services.Receipts, services.Time, services.Policy.Guards) { Gate = new ActionGate(services).HeldBackAsync };
        var receipt = await executor.ExecuteAsync(action, request, budget.ForWork, cancellationToken);
        return Guards.Check(action.Descriptor, request, services.Policy, automatic: false) is GuardVerdict.Held reason ? receipt with { Message = $"{receipt.Message} Applying it is held back: {reason.Reason}" } : receipt;
    }

    private byte[] Answer(ActionReceipt receipt)
    {
        var severity = receipt.Status is ReceiptStatus.Failed or ReceiptStatus.Broken ? LogSeverity.Error
            : receipt.Status is ReceiptStatus.Skipped or ReceiptStatus.NeedsApproval or ReceiptStatus.NotFound or ReceiptStatus.Incomplete ? LogSeverity.Warning
            : LogSeverity.Information;
        services.Log.Write(
            severity, HasFailed(receipt) ? LogWords.ActionFailed : "action.done", ("action", receipt.Action), ("mode", receipt.Mode.ToString().ToLowerInvariant()), ("status", receipt.Status.ToString()),
            ("account", receipt.Account), ("region", receipt.Region), ("targets", string.Join(' ', receipt.Targets)), ("incident", receipt.Incident),
            ("receipt", receipt.Id), ("reason", receipt.Reason), ("message", receipt.Message));
        return ReceiptJson.WriteWithin(receipt, MostBytes);
    }

    // Plans and looks change nothing: what they find is told by what asked for them.
    private bool HasFailed(ActionReceipt receipt) => receipt.Mode is ActionMode.Apply or ActionMode.Revert
        && (receipt.Status == ReceiptStatus.Failed || (receipt.Status == ReceiptStatus.NotFound && action.Descriptor.Stage == ResponseStage.ContainIdentity));

    private byte[] Refuse(ActionRequestResult.Invalid request)
    {
        services.Log.Write(
            LogSeverity.Warning, "action.malformed", ("action", action.Descriptor.Id),
            ("fields", string.Join(' ', request.Errors.Select(error => $"{error.Field}: {error.Problem}"))));
        return Refusal.Write($"The request to {action.Descriptor.Id} cannot be carried out as it stands, and nothing was touched. Correct the fields named and send it again.", request.Errors);
    }

    private byte[] Refuse(ActionRequest request, string what, string error)
    {
        services.Log.Write(
            LogSeverity.Error, what, ("counts", request.Mode is ActionMode.Apply or ActionMode.Revert ? LogWords.ActionFailed : null), ("action", action.Descriptor.Id), ("mode", request.Mode.ToString().ToLowerInvariant()), ("account", request.Account),
            ("targets", string.Join(' ', request.Targets)), ("incident", request.Incident), ("error", error));
        return Refusal.Write(error, []);
    }
}
