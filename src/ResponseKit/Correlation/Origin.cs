namespace ResponseKit.Correlation;

/// <summary>
/// What a resource says of who made it, held against what a record says. One of <see cref="Theirs"/>, <see cref="Earlier"/>, <see cref="Unproven"/>.
/// Only what is theirs is ever destroyed.
/// </summary>
public abstract record Origin
{
    private Origin()
    {
    }

    /// <summary>The evidence, as a clause for a receipt: "it was launched at 10:02:11".</summary>
    public abstract string Evidence { get; }

    /// <summary>It agrees with the record: the actor made it.</summary>
    /// <param name="Proof">What was found.</param>
    public sealed record Theirs(string Proof) : Origin
    {
        /// <inheritdoc/>
        public override string Evidence => Proof;
    }

    /// <summary>It was there before, or somebody else made it, whatever the record names.</summary>
    /// <param name="Found">What was found.</param>
    public sealed record Earlier(string Found) : Origin
    {
        /// <inheritdoc/>
        public override string Evidence => Found;
    }

    /// <summary>It cannot be told: a field is missing, or a read was refused. A person has to look.</summary>
    /// <param name="Why">What is missing.</param>
    public sealed record Unproven(string Why) : Origin
    {
        /// <inheritdoc/>
        public override string Evidence => Why;
    }
}
