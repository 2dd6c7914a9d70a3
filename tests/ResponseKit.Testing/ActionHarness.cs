using System.Collections.Immutable;
using ResponseKit.Aws.Execution;
using ResponseKit.Emulator;
using ResponseKit.Policy;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Stores;

namespace ResponseKit.Testing;

/// <summary>
/// Runs one action in one account the way production does: through the executor, in a session of the responder role that may do what the
/// action declares for that phase and no more. The receipts of all runs are kept in <see cref="Receipts"/>.
/// </summary>
public sealed class ActionHarness
{
    private readonly IResponseAction action;
    private readonly TestAccount account;
    private readonly ActionExecutor executor;
    private readonly string region;

    private ActionHarness(IResponseAction action, TestAccount account, ActionExecutor executor, MemoryReceiptStore receipts, string region)
    {
        this.action = action;
        this.account = account;
        this.executor = executor;
        this.region = region;
        Receipts = receipts;
    }

    /// <summary>Where the receipts are.</summary>
    public MemoryReceiptStore Receipts { get; }

    /// <summary>The AWS calls that the last run made in the account, in order.</summary>
    public ImmutableArray<JournalCall> LastCalls { get; private set; } = [];

    /// <summary>Makes the responder role in the account and turns IAM on there.</summary>
    public static async Task<ActionHarness> CreateAsync(IResponseAction action, TestAccount account, string region = "us-east-1", GuardSettings? guards = null)
    {
        CrashPoint.Prepare();
        var hub = await EmulatorFixture.HubAsync();
        var receipts = new MemoryReceiptStore();
        var executor = new ActionExecutor(await hub.AdmitToAsync(account, region), new CrashingReceipts(receipts), TimeProvider.System, guards);
        return new ActionHarness(action, account, executor, receipts, region);
    }

    /// <summary>Another action in the same account, with the same receipts.</summary>
    public ActionHarness For(IResponseAction other) => new(other, account, executor, Receipts, region);

    /// <summary>Lists what applying would do.</summary>
    public Task<ActionReceipt> PlanAsync(params ResourceRef[] targets) => RunAsync(ActionMode.Plan, targets);

    /// <summary>Does it.</summary>
    public Task<ActionReceipt> ApplyAsync(params ResourceRef[] targets) => RunAsync(ActionMode.Apply, targets);

    /// <summary>Looks whether it holds.</summary>
    public Task<ActionReceipt> VerifyAsync(params ResourceRef[] targets) => RunAsync(ActionMode.Verify, targets);

    /// <summary>Undoes what was applied to the same targets.</summary>
    public Task<ActionReceipt> RevertAsync(params ResourceRef[] targets) => RunAsync(ActionMode.Revert, targets);

    /// <summary>Runs the action in any mode.</summary>
    /// <param name="mode">What to do.</param>
    /// <param name="targets">On what.</param>
    /// <param name="options">The request's options; null for none.</param>
    /// <param name="allowed">The time allowed; null for as long as needed.</param>
    /// <param name="incident">The incident; null for the account's.</param>
    public async Task<ActionReceipt> RunAsync(
        ActionMode mode, IEnumerable<ResourceRef> targets, IReadOnlyDictionary<string, string>? options = null, TimeSpan? allowed = null, string? incident = null)
    {
        var request = new ActionRequest
        {
            Mode = mode,
            Account = account.Id,
            Region = region,
            Targets = [.. targets],
            Reason = "test",
            Incident = incident ?? "incident-" + account.Id,
            Options = (options ?? ImmutableDictionary<string, string>.Empty).ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
        var before = await account.JournalEndAsync();
        try
        {
            return await executor.ExecuteAsync(action, request, allowed ?? Timeout.InfiniteTimeSpan, CancellationToken.None);
        }
        finally
        {
            var calls = await account.JournalAsync(before);
            LastCalls = [.. calls.Where(call => call.Principal?.Contains(":assumed-role/ResponseKitResponder/", StringComparison.Ordinal) == true)];
        }
    }
}
