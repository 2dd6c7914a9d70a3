namespace ResponseKit.Correlation.Blame;

/// <summary>
/// By which two observations of one identity are the same thing done again: the same signals, made and opened things, from the same place in the same way.
/// Sessions opened for the same subject are the same thing, whatever their ids.
/// </summary>
internal readonly struct Likeness(Observation observation) : IEquatable<Likeness>
{
    private readonly Observation observation = observation;

    /// <inheritdoc/>
    public bool Equals(Likeness other)
    {
        var (mine, its) = (observation, other.observation);
        if (ReferenceEquals(mine, its))
            return true;
        // The same launch again is no retry: it makes as much again.
        if (SlotSpending.Concerns(mine) && mine.EventId != its.EventId)
            return false;
        if (mine.Region != its.Region || mine.From != its.From || mine.AccessKeyId != its.AccessKeyId || mine.Session != its.Session
            || mine.Signals.Length != its.Signals.Length || mine.Lineage.Length != its.Lineage.Length || mine.Links.Length != its.Links.Length
            || !mine.Changes.AsSpan().SequenceEqual(its.Changes.AsSpan()) || !mine.Traits.AsSpan().SequenceEqual(its.Traits.AsSpan()))
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

        for (var at = 0; at < mine.Lineage.Length; at++)
        {
            if (mine.Lineage[at].Relation != its.Lineage[at].Relation || mine.Lineage[at].Resource != its.Lineage[at].Resource)
                return false;
        }

        for (var at = 0; at < mine.Links.Length; at++)
        {
            if (!IsLike(mine.Links[at], its.Links[at]))
                return false;
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
        foreach (var entry in observation.Lineage)
            hash.Add(entry.Resource);
        return hash.ToHashCode();
    }

    private static bool IsLike(CaseLink one, CaseLink other) => one.Kind == other.Kind && one.Parent == other.Parent && one.Trust == other.Trust
        && (one.Kind == LinkKind.Opened && one.Subject is not null ? one.Subject == other.Subject : one.Child == other.Child);
}
