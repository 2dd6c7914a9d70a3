namespace ResponseKit.Correlation.Blame;

/// <summary>By which two observations of one identity are the same thing done again: the same signals from the same place in the same way.</summary>
internal readonly struct Likeness(Observation observation) : IEquatable<Likeness>
{
    private readonly Observation observation = observation;

    /// <inheritdoc/>
    public bool Equals(Likeness other)
    {
        var (mine, its) = (observation, other.observation);
        if (ReferenceEquals(mine, its))
            return true;
        if (mine.Region != its.Region || mine.From != its.From || mine.Signals.Length != its.Signals.Length || !mine.Traits.AsSpan().SequenceEqual(its.Traits.AsSpan()))
            return false;
        for (var at = 0; at < mine.Signals.Length; at++)
        {
            var (one, another) = (mine.Signals[at], its.Signals[at]);
            if (new Sameness(one) != new Sameness(another) || one.Finding.Allowed != another.Finding.Allowed || one.Finding.Removes != another.Finding.Removes
                || one.Finding.Damage != another.Finding.Damage)
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Likeness other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(observation.Region, StringComparer.Ordinal);
        hash.Add(observation.From);
        foreach (var signal in observation.Signals)
            hash.Add(new Sameness(signal));
        return hash.ToHashCode();
    }
}
