using System.Collections.Immutable;

namespace ResponseKit.Response.Stores;

/// <summary>Keeps in memory what persons are asked about, for one process.</summary>
public sealed class MemoryApprovalStore : IApprovalStore
{
    private readonly Lock gate = new();
    private readonly HashSet<string> proofs = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(string Incident, int Number), Approval> approvals = [];
    private readonly Dictionary<(string Incident, int Number), string> tokens = [];

    /// <inheritdoc/>
    public Task<ImmutableArray<Approval>> OfAsync(string incident, CancellationToken cancellationToken)
    {
        lock (gate)
            return Task.FromResult<ImmutableArray<Approval>>([.. approvals.Values.Where(approval => approval.Incident == incident)]);
    }

    /// <inheritdoc/>
    public Task AskAsync(Approval approval, CancellationToken cancellationToken)
    {
        lock (gate)
            approvals.TryAdd((approval.Incident, approval.Number), approval with { Decision = null });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ApprovalAnswer> AnswerAsync(Approval approval, ApprovalDecision decision, CancellationToken cancellationToken)
    {
        var key = (approval.Incident, approval.Number);
        lock (gate)
        {
            if (approvals.GetValueOrDefault(key) is not { Decision: null } open)
                return Task.FromResult(new ApprovalAnswer(IsKept: false, null));
            approvals[key] = open with { Decision = decision };
            return Task.FromResult(new ApprovalAnswer(IsKept: true, tokens.GetValueOrDefault(key)));
        }
    }

    /// <inheritdoc/>
    public Task<bool> UseProofAsync(string proof, DateTimeOffset until, CancellationToken cancellationToken)
    {
        lock (gate)
            return Task.FromResult(proofs.Add(proof));
    }

    /// <inheritdoc/>
    public Task<bool> WaitAsync(Approval approval, string token, CancellationToken cancellationToken)
    {
        var key = (approval.Incident, approval.Number);
        lock (gate)
        {
            tokens[key] = token;
            return Task.FromResult(approvals.GetValueOrDefault(key) is not { Decision: null });
        }
    }
}
