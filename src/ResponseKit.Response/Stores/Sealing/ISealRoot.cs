namespace ResponseKit.Response.Stores.Sealing;

/// <summary>Where the secret comes from of which the keys of seals are derived.</summary>
public interface ISealRoot
{
    /// <summary>Derives it. What goes wrong is an outcome: identities are contained without it.</summary>
    Task<SealRootResult> DeriveAsync(CancellationToken cancellationToken);
}

/// <summary>What came of deriving the secret. One of <see cref="Derived"/>, <see cref="Refused"/>.</summary>
public abstract record SealRootResult
{
    private SealRootResult()
    {
    }

    /// <summary>It is known.</summary>
    /// <param name="Secret">32 bytes that leave this process nowhere.</param>
    public sealed record Derived(ReadOnlyMemory<byte> Secret) : SealRootResult;

    /// <summary>It cannot be known.</summary>
    /// <param name="Reason">Why, for a person.</param>
    public sealed record Refused(string Reason) : SealRootResult;
}

/// <summary>For whoever has no seal key: nothing can be checked.</summary>
/// <param name="reason">Why there is none.</param>
public sealed class NoSealRoot(string reason) : ISealRoot
{
    /// <inheritdoc/>
    public Task<SealRootResult> DeriveAsync(CancellationToken cancellationToken) => Task.FromResult<SealRootResult>(new SealRootResult.Refused(reason));
}
