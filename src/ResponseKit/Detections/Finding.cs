using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Records;
using ResponseKit.Resources;
using ResponseKit.Text;

namespace ResponseKit.Detections;

/// <summary>What a detection has to say about one record.</summary>
/// <param name="Weight">
/// Evidence, on the scale of the policy's thresholds (containment at 80); typical: recon 5–10, probing 10–20, provisioning and persistence
/// 15–40. A category's cap bounds it, so that a weight alone never contains; see <see cref="Decisive"/>.
/// </param>
/// <param name="Explanation">
/// One sentence in plain words, without the actor and the time, beginning with a verb in the past tense: "created the ECS cluster x".
/// </param>
public sealed record Finding(int Weight, string Explanation)
{
    /// <summary>The values that matter, for reports: names as in the AWS API. Never a secret.</summary>
    public ImmutableSortedDictionary<string, string> Facts { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Whether this alone justifies containment: nearly always bad, and it took effect.</summary>
    public bool Decisive { get; init; }

    /// <summary>
    /// Whether people are told of it at once, whatever else is known and however little it weighs: somebody watches less, or ResponseKit itself was changed,
    /// and it took effect. So is whatever weighs 50 or more.
    /// </summary>
    public bool Grave { get; init; }

    /// <summary>What sort of grave act it was; null for none, and for whatever took no effect. See <see cref="Doing"/>.</summary>
    public DamageKind? Damage { get; init; }

    /// <summary>
    /// Whom the finding is about, where that is not the caller: AWS's quarantine of a key is about the user it is put on.
    /// Null means the caller.
    /// </summary>
    public Actor? About { get; init; }

    /// <summary>
    /// What was taken away by it, where that may be the actor's own work: taking down what one has put up oneself is not counted. Null where it makes
    /// no difference.
    /// </summary>
    public ResourceRef? Removes { get; init; }

    /// <summary>Why it is not counted, as a clause behind "because"; null when it is. The policy file's allow-lists and change windows say so.</summary>
    public string? Allowed { get; init; }

    /// <summary>Says why it is not counted; nothing changes where there is no reason.</summary>
    public Finding AllowedBy(string? reason) => reason is null ? this : this with { Allowed = reason };

    /// <summary>Says what sort of grave act it was; nothing is said of a call that took no effect, which harmed nobody.</summary>
    public Finding Doing(CloudTrailRecord record, DamageKind? damage) => record.Outcome.TookEffect ? this with { Damage = damage } : this;

    /// <summary>Says what was taken away; nothing is said where the name is missing or impossible.</summary>
    public Finding Removing(CloudTrailRecord record, ResourceKind kind, string? name) =>
        name is null || ResourceRef.Parse(kind, name, record.Account, record.Region) is not { } resource ? this : this with { Removes = resource };

    /// <summary>Adds a fact; nothing is added where the value is missing. What cannot be shown is escaped, long values are cut at 256 characters.</summary>
    public Finding With(string name, string? value) =>
        value is null ? this : this with { Facts = Facts.SetItem(name, Printable.Of(value, 256)) };
}
