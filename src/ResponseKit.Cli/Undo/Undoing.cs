using System.Collections.Immutable;
using Amazon.Runtime;
using ResponseKit.Aws.Accounts;
using ResponseKit.Aws.Actions;
using ResponseKit.Cli.Drill;
using ResponseKit.Cli.Drill.Responding;
using ResponseKit.Functions;
using ResponseKit.Policy;
using ResponseKit.Response;
using ResponseKit.Response.Running;
using ResponseKit.Response.Stores;

namespace ResponseKit.Cli.Undo;

/// <summary>Reverts receipts, newest first, through the action functions, with the payload that a person would paste.</summary>
/// <param name="state">What the drill left.</param>
/// <param name="file">Where that was read from, and where it is noted what was undone.</param>
/// <param name="time">The clock of receipts.</param>
internal sealed class Undoing(DrillState state, string file, TimeProvider time)
{
    public async Task<ImmutableArray<Undone>> RunAsync(bool all, CancellationToken cancellationToken)
    {
        var receipts = new MemoryReceiptStore();
        var kept = state.ReadReceipts();
        foreach (var receipt in kept)
            await receipts.SaveAsync(receipt, cancellationToken);
        var settings = new ClientSettings { ServiceUrl = state.Emulator.ToString().TrimEnd('/'), MaxRetries = 1 };
        var credentials = new BasicAWSCredentials(state.AccessKey, state.SecretKey);
        var services = DrillResponder.ServicesFor(settings, credentials, state.Region, ResponseMode.Enforce, receipts, time);
        var undone = ImmutableArray.CreateBuilder<Undone>();
        foreach (var receipt in kept.OrderByDescending(receipt => receipt.Finished))
            undone.Add(await UndoAsync(services, receipt, all, cancellationToken));
        await (state with { Receipts = DrillState.Keep(receipts.All) }).SaveAsync(file, cancellationToken);
        return undone.ToImmutable();
    }

    private async Task<Undone> UndoAsync(FunctionServices services, ActionReceipt receipt, bool all, CancellationToken cancellationToken)
    {
        if (receipt.Reverted is { } since)
            return new Undone.NotUndone(receipt, $"undone already at {since:u}");
        if (!all && receipt.Targets.All(target => state.Created.Contains(target)))
            return new Undone.NotUndone(receipt, "made by the attacker");
        if (ActionCatalogue.Find(receipt.Action) is not { } action)
            return new Undone.Wrong(receipt, $"there is no action {receipt.Action} any more");
        var request = ActionRequest.Undoing(receipt, action.Descriptor, "Undo of " + receipt.Id);
        return await new InProcessInvoker(services, Timeout.InfiniteTimeSpan).AskAsync(receipt.Action, request, cancellationToken) switch
        {
            ActionResult.Answered { Receipt: { Status: ReceiptStatus.Applied or ReceiptStatus.AlreadyInPlace } reverted } => new Undone.Done(receipt, reverted),
            var other => new Undone.Wrong(receipt, other.Message),
        };
    }
}
