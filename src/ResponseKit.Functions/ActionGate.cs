using ResponseKit.Deployment;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Functions;

/// <summary>What keeps an action from being applied or undone at all: the kill switch, a seal key that cannot be used, and the guards.</summary>
internal sealed class ActionGate(FunctionServices services)
{
    /// <summary>The answer to a request that must not be carried out; null for one that may be.</summary>
    public async Task<ActionReceipt?> HeldBackAsync(ActionDescriptor action, ActionRequest request, CancellationToken cancellationToken)
    {
        if (request.Mode is not (ActionMode.Apply or ActionMode.Revert))
            return null;
        var (switching, sealing) = (services.Control.KillSwitchAsync(cancellationToken), services.SealProblemAsync(cancellationToken).AsTask());
        await Task.WhenAll(switching, sealing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (await switching is { } killSwitch)
        {
            return NotDone(
                action, request, ReceiptStatus.Skipped,
                $"The {LogWords.KillSwitch} {killSwitch.Since:u}, set by {killSwitch.By}: {killSwitch.Reason} Turn it off (responsekit control resume) and send the same request again.");
        }

        // Taking an identity away is what cannot wait, and it is undone by hand without a receipt that can be verified. Everything else can wait.
        if (await sealing is { } problem && (request.Mode == ActionMode.Revert || action.Stage != ResponseStage.ContainIdentity))
        {
            return NotDone(
                action, request, ReceiptStatus.Skipped,
                $"{problem} Without it nothing that is kept can be verified, so only identities are contained. Make the key usable again and send the same request again.");
        }

        return Guards.Check(action, request, services.Policy, automatic: false) switch
        {
            GuardVerdict.Held held => NotDone(action, request, ReceiptStatus.Skipped, held.Reason),
            GuardVerdict.NeedsApproval asked => NotDone(action, request, ReceiptStatus.NeedsApproval, asked.Reason),
            _ => null,
        };
    }

    private ActionReceipt NotDone(ActionDescriptor action, ActionRequest request, ReceiptStatus status, string reason)
    {
        var now = services.Time.GetUtcNow();
        return new ActionReceipt
        {
            Id = ReceiptId.For(action.Id, request),
            Action = action.Id,
            Mode = request.Mode,
            Status = status,
            Account = request.Account,
            Region = request.Region,
            Targets = [.. request.Targets.Select(target => target.ToFullArn())],
            Reason = request.Reason,
            Incident = request.Incident,
            Options = request.Options,
            Started = now,
            Finished = now,
            Steps = [],
            Message = $"{action.Title}: not done, and nothing was changed. {reason}",
        };
    }
}
