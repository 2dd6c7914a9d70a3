namespace ResponseKit.Response;

/// <summary>Whether an action can be undone. One of <see cref="Reversible"/>, <see cref="Irreversible"/>.</summary>
public abstract record Reversibility
{
    private Reversibility()
    {
    }

    /// <summary>Reverting puts everything back.</summary>
    public sealed record Reversible : Reversibility;

    /// <summary>Some of it cannot be put back.</summary>
    /// <param name="Why">What is lost, why the action does it all the same, and what is kept.</param>
    public sealed record Irreversible(string Why) : Reversibility;
}
