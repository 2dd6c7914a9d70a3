namespace ResponseKit.Correlation.Blame;

/// <summary>What is done by the same hands.</summary>
/// <param name="id">Its id: of one that acts for itself, the case's key.</param>
/// <param name="above">Whom it acts for; null for itself.</param>
internal sealed class Body(string id, Body? above)
{
    private readonly List<Observation> deeds = [];
    private readonly HashSet<Thinned> identities = [];

    public string Id => id;

    public string CaseKey => id;

    /// <summary>Who is responsible in the end.</summary>
    public Body Top => above is null ? this : above.Top;

    /// <summary>Itself, and everybody it acts for.</summary>
    public IEnumerable<Body> Upwards => above is null ? [this] : above.Upwards.Prepend(this);

    public bool HasDeeds => deeds.Count > 0;

    public IReadOnlyList<Observation> Deeds => deeds;

    public IReadOnlyCollection<Thinned> Identities => identities;

    public void Take(Thinned identity, IEnumerable<Observation> some)
    {
        identities.Add(identity);
        deeds.AddRange(some);
    }
}
