using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ResponseKit.Correlation.Explaining;
using ResponseKit.Detections;

namespace ResponseKit.Correlation;

/// <summary>What to do about a case. One of <see cref="Ignore"/>, <see cref="Watch"/>, <see cref="Brake"/>, <see cref="Contain"/>.</summary>
/// <param name="Score">The evidence, on the scale of the thresholds.</param>
/// <param name="Categories">Each category's part of the score, after its cap.</param>
/// <param name="Signals">The signals that counted, oldest first.</param>
/// <param name="Explanation">What was done, what counted how much, and what would have changed the verdict.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "verdict")]
[JsonDerivedType(typeof(Ignore), "ignore")]
[JsonDerivedType(typeof(Watch), "watch")]
[JsonDerivedType(typeof(Brake), "brake")]
[JsonDerivedType(typeof(Contain), "contain")]
public abstract record Verdict(
    int Score, ImmutableSortedDictionary<SignalCategory, int> Categories, ImmutableArray<Signal> Signals, Explanation Explanation)
{
    /// <summary>The first moment at which this verdict could have been given, knowing only what was done until then; null for <see cref="Ignore"/>.</summary>
    public Alert? FirstAlert { get; init; }

    /// <summary>What runs because of the actor beyond what is usual for them, in US dollars an hour at list prices; good to a factor of two.</summary>
    public decimal UsdPerHour { get; init; }

    /// <summary>What that may grow to by itself, where limits that the actor set allow it.</summary>
    public decimal MostUsdPerHour { get; init; }

    /// <summary>Its name in reports: <c>ignore</c>, <c>watch</c>, <c>brake</c> or <c>contain</c>.</summary>
    [JsonIgnore]
    public string Name => this switch
    {
        Contain => "contain",
        Brake => "brake",
        Watch => "watch",
        _ => "ignore",
    };

    /// <summary>Nothing that deserves attention.</summary>
    public sealed record Ignore(
        int Score, ImmutableSortedDictionary<SignalCategory, int> Categories, ImmutableArray<Signal> Signals, Explanation Explanation)
        : Verdict(Score, Categories, Signals, Explanation);

    /// <summary>Remarkable, but not enough to act.</summary>
    public sealed record Watch(
        int Score, ImmutableSortedDictionary<SignalCategory, int> Categories, ImmutableArray<Signal> Signals, Explanation Explanation)
        : Verdict(Score, Categories, Signals, Explanation);

    /// <summary>
    /// Enough to stop more of it for a while and to ask a person: what no record can tell from a large but honest work, or a grave act that may have a reason.
    /// </summary>
    public sealed record Brake(
        int Score, ImmutableSortedDictionary<SignalCategory, int> Categories, ImmutableArray<Signal> Signals, Explanation Explanation)
        : Verdict(Score, Categories, Signals, Explanation);

    /// <summary>How grave it is: 0 ignore, 1 watch, 2 brake, 3 contain.</summary>
    [JsonIgnore]
    public int Level => this switch
    {
        Contain => Grading.Contain,
        Brake => Grading.Brake,
        Watch => Grading.Watch,
        _ => 0,
    };

    /// <summary>Enough to contain the actor.</summary>
    public sealed record Contain(
        int Score, ImmutableSortedDictionary<SignalCategory, int> Categories, ImmutableArray<Signal> Signals, Explanation Explanation)
        : Verdict(Score, Categories, Signals, Explanation);
}
