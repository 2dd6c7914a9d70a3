namespace ResponseKit.Correlation.Blame;

/// <summary>What is done by the same hands.</summary>
/// <param name="id">Its id: of one that acts for itself, the case's key.</param>
/// <param name="above">Whom it acts for; null for itself.</param>
internal sealed class Body(string id, Body? above)
{
    private readonly List<Observation> evidence = [];
    private readonly List<Observation> whole = [];
    private readonly HashSet<Thinned> identities = [];

    public string Id => id;

    public string CaseKey => id;

    /// <summary>Who is responsible in the end.</summary>
    public Body Top => above is null ? this : above.Top;

    /// <summary>Itself, and everybody it acts for.</summary>
    public IEnumerable<Body> Upwards => above is null ? [this] : above.Upwards.Prepend(this);

    public bool HasDeeds => whole.Count > 0;

    /// <summary>What it is judged by.</summary>
    public IReadOnlyList<Observation> Evidence => evidence;

    /// <summary>That, and everything by which it made or opened something.</summary>
    public IReadOnlyList<Observation> Whole => whole;

    public IReadOnlyCollection<Thinned> Identities => identities;

    public void TakeEvidence(IEnumerable<Observation> some) => evidence.AddRange(some);

    public void Take(Thinned identity, IEnumerable<Observation> some)
    {
        identities.Add(identity);
        whole.AddRange(some);
    }
}
