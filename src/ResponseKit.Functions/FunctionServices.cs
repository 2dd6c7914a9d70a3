using ResponseKit.Aws.Accounts;
using ResponseKit.Aws.Identity;
using ResponseKit.Aws.Stores.Sealing;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Policy;
using ResponseKit.Response;
using ResponseKit.Response.Evidence;
using ResponseKit.Response.Notifications;
using ResponseKit.Response.Stores;

namespace ResponseKit.Functions;

/// <summary>What every function works with.</summary>
public sealed record FunctionServices
{
    private const int MaxHistories = 20;

    /// <summary>What the policy file says.</summary>
    public required ResponsePolicy Policy { get; init; }

    /// <summary>The way into accounts.</summary>
    public required IAccountAccess Accounts { get; init; }

    /// <summary>Where receipts are kept.</summary>
    public required IReceiptStore Receipts { get; init; }

    /// <summary>Where observations and incidents are kept.</summary>
    public required ICaseStore Cases { get; init; }

    /// <summary>Where the kill switch is kept.</summary>
    public required IControlStore Control { get; init; }

    /// <summary>What vouches for all that is kept; null where it is kept in this process and nobody else can change it.</summary>
    public StateSeal? Seal { get; init; }

    /// <summary>Who finds out who signed an approval; null where nobody can.</summary>
    public CallerIdentity? Identity { get; init; }

    /// <summary>What this deployment is called in what people sign; empty where nobody signs.</summary>
    public string Deployment { get; init; } = "";

    /// <summary>Where it is kept how far responses are that run in steps.</summary>
    public ILedgerStore Ledgers { get; init; } = new MemoryLedgerStore();

    /// <summary>Where it is kept what persons are asked about, and what they answered.</summary>
    public IApprovalStore Approvals { get; init; } = new MemoryApprovalStore();

    /// <summary>Where it is kept what persons have allowed to whom was braked.</summary>
    public IAllowanceStore Allowances { get; init; } = new MemoryAllowanceStore();

    /// <summary>Where it is kept which evidence counts no more.</summary>
    public IDismissalStore Dismissals { get; init; } = new MemoryDismissalStore();

    /// <summary>Where it is kept what is usual for whom.</summary>
    public IBaselineStore Baselines { get; init; } = new MemoryBaselineStore();

    /// <summary>Who tells people.</summary>
    public INotifier Notifier { get; init; } = new NoNotifier();

    /// <summary>Where reports are kept for good.</summary>
    public IEvidenceStore Evidence { get; init; } = new NoEvidence();

    /// <summary>Where it is kept which heartbeats came back; null where none are sent.</summary>
    public IHeartbeatStore? Heartbeats { get; init; }

    /// <summary>The name of the responder role, with its path where it has one: heartbeats are sent as it.</summary>
    public string ResponderRole { get; init; } = new ResponderRole().Name;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where log lines go.</summary>
    public FunctionLog Log { get; init; } = FunctionLog.None;

    /// <summary>Why nothing that is kept can be verified at this time; null when it can.</summary>
    public async ValueTask<string?> SealProblemAsync(CancellationToken cancellationToken) => Seal is null ? null : await Seal.ProblemAsync(cancellationToken);

    /// <summary>What is usual for the actors of a case; for some of them where there are very many.</summary>
    /// <param name="file">The case.</param>
    /// <param name="known">What has been read of it.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    internal async Task<Baseline> BaselineOfAsync(CaseFile file, Baseline known, CancellationToken cancellationToken)
    {
        var baseline = known;
        foreach (var actor in file.Actors.Take(MaxHistories).Where(actor => !known.Actors.ContainsKey(actor.Key)))
            baseline = new(baseline.Actors.SetItem(actor.Key, await Baselines.OfAsync(actor.Key, cancellationToken)));
        return baseline;
    }

    /// <summary>Which evidence of an incident counts no more.</summary>
    public async Task<Dismissals> DismissalsOfAsync(Incident incident, CancellationToken cancellationToken) =>
        Response.Dismissals.Of(incident, await Dismissals.OfAsync(incident.Id, cancellationToken));

    /// <summary>
    /// Whether what was read may be gone by. While no seal can be checked at all it may, and then nothing but identities is acted on
    /// (docs/decisions/0029).
    /// </summary>
    public async ValueTask<bool> MayGoByAsync(bool isVerified, CancellationToken cancellationToken) => isVerified || await SealProblemAsync(cancellationToken) is not null;
}
