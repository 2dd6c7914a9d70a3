namespace ResponseKit.Response.Evidence;

/// <summary>Where dossiers are kept for good.</summary>
public interface IEvidenceStore
{
    /// <summary>Keeps a dossier. What goes wrong is an outcome, not an exception: the response has done its work by then.</summary>
    Task<EvidenceOutcome> SaveAsync(IncidentDossier dossier, CancellationToken cancellationToken);
}

/// <summary>What came of keeping evidence. One of <see cref="Kept"/>, <see cref="NowhereToKeep"/>, <see cref="Failed"/>.</summary>
public abstract record EvidenceOutcome
{
    private EvidenceOutcome()
    {
    }

    /// <summary>It is kept.</summary>
    /// <param name="Location">Where people find it.</param>
    public sealed record Kept(string Location) : EvidenceOutcome;

    /// <summary>The deployment names no place.</summary>
    public sealed record NowhereToKeep : EvidenceOutcome;

    /// <summary>It is not kept.</summary>
    /// <param name="Reason">Why, and what to do.</param>
    public sealed record Failed(string Reason) : EvidenceOutcome;
}

/// <summary>For a deployment without a bucket: keeps nothing.</summary>
public sealed class NoEvidence : IEvidenceStore
{
    /// <inheritdoc/>
    public Task<EvidenceOutcome> SaveAsync(IncidentDossier dossier, CancellationToken cancellationToken) =>
        Task.FromResult<EvidenceOutcome>(new EvidenceOutcome.NowhereToKeep());
}
