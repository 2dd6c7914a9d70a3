namespace ResponseKit.Response.Stores.Sealing;

/// <summary>Is told of items whose seal is not as it should be, so that people are.</summary>
public interface IStateWatch
{
    /// <summary>An item was read that cannot be verified. Never throws.</summary>
    Task FoundAsync(UnverifiedItem found, CancellationToken cancellationToken);
}

/// <summary>An item that cannot be verified.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Partition">Its partition key.</param>
/// <param name="Sort">Its sort key.</param>
/// <param name="Authenticity">What its seal says.</param>
public sealed record UnverifiedItem(string Kind, string Partition, string Sort, Authenticity Authenticity)
{
    /// <summary>The same in a sentence.</summary>
    public string Text => Authenticity switch
    {
        Authenticity.Unsealed => $"The {Kind} {Partition} / {Sort} bears no seal. It was written before seals came, while the seal key could not be used, or by somebody else.",
        Authenticity.Forged => $"The {Kind} {Partition} / {Sort} bears a seal that does not fit it. Somebody has changed, moved or made it up.",
        Authenticity.RolledBack => $"The {Kind} {Partition} / {Sort} is an old state that somebody has put back.",
        _ => $"The {Kind} {Partition} / {Sort} cannot be verified, because the seal key cannot be used.",
    };
}

/// <summary>Tells nobody.</summary>
public sealed class NoStateWatch : IStateWatch
{
    /// <inheritdoc/>
    public Task FoundAsync(UnverifiedItem found, CancellationToken cancellationToken) => Task.CompletedTask;
}
