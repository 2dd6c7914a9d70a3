using System.Globalization;
using System.Text;

namespace ResponseKit.Correlation.Blame;

/// <summary>
/// Of what kind an observation is: the same detections with the same weights and ends in the same region by the same credential, whatever the names, programs
/// and addresses, which the caller chooses.
/// </summary>
internal readonly struct SlotKind(Observation observation) : IEquatable<SlotKind>
{
    private readonly Observation observation = observation;

    /// <summary>
    /// Its rank among kinds where there are too many: grave and decisive ones come first, then those that took effect, then the heavy ones. It is the same for all
    /// observations of a kind.
    /// </summary>
    public string Rank
    {
        get
        {
            var (grave, effect, weight) = (false, false, 0);
            foreach (var signal in observation.Signals)
            {
                grave |= signal.IsGrave || Tally.IsDecisive(signal);
                effect |= signal.Outcome.TookEffect;
                weight = Math.Max(weight, signal.Finding.Allowed is null ? signal.Finding.Weight : 0);
            }

            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"{(grave ? 0 : 1)}{(effect ? 0 : 1)}{Math.Max(0, 9_999 - weight):0000} {observation.Region} {observation.AccessKeyId} {observation.Session}");
            foreach (var signal in observation.Signals)
                text.Append(CultureInfo.InvariantCulture, $" {signal.DetectionId} {signal.Finding.Weight} {signal.Outcome.GetType().Name} {signal.Finding.Allowed is null}");
            foreach (var entry in observation.Lineage)
                text.Append(CultureInfo.InvariantCulture, $" {entry.Relation} {entry.Resource.Kind}");
            foreach (var change in observation.Changes)
                text.Append(CultureInfo.InvariantCulture, $" {change.Rule}");
            foreach (var link in observation.Links)
                text.Append(CultureInfo.InvariantCulture, $" {link.Kind}");
            return text.ToString();
        }
    }

    /// <inheritdoc/>
    public bool Equals(SlotKind other)
    {
        var (mine, its) = (observation, other.observation);
        if (ReferenceEquals(mine, its))
            return true;
        if (mine.Region != its.Region || mine.AccessKeyId != its.AccessKeyId || mine.Session != its.Session
            || mine.Signals.Length != its.Signals.Length || mine.Lineage.Length != its.Lineage.Length || mine.Links.Length != its.Links.Length
            || mine.Changes.Length != its.Changes.Length)
            return false;
        for (var at = 0; at < mine.Signals.Length; at++)
        {
            var (one, another) = (mine.Signals[at], its.Signals[at]);
            if (one.DetectionId != another.DetectionId || one.Finding.Weight != another.Finding.Weight || one.Outcome.GetType() != another.Outcome.GetType()
                || (one.Finding.Allowed is null) != (another.Finding.Allowed is null) || one.IsGrave != another.IsGrave || Tally.IsDecisive(one) != Tally.IsDecisive(another))
                return false;
        }

        for (var at = 0; at < mine.Lineage.Length; at++)
        {
            if (mine.Lineage[at].Relation != its.Lineage[at].Relation || mine.Lineage[at].Resource.Kind != its.Lineage[at].Resource.Kind)
                return false;
        }

        for (var at = 0; at < mine.Changes.Length; at++)
        {
            if (mine.Changes[at].Rule != its.Changes[at].Rule)
                return false;
        }

        for (var at = 0; at < mine.Links.Length; at++)
        {
            if (mine.Links[at].Kind != its.Links[at].Kind)
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SlotKind other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(observation.Region, StringComparer.Ordinal);
        hash.Add(observation.Lineage.Length);
        hash.Add(observation.Links.Length);
        foreach (var signal in observation.Signals)
        {
            hash.Add(signal.DetectionId, StringComparer.Ordinal);
            hash.Add(signal.Finding.Weight);
        }

        return hash.ToHashCode();
    }
}
