using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ResponseKit.Detections;

namespace ResponseKit.Correlation;

/// <summary>
/// What a person has said of somebody who was braked: that they may do this, up to a price, until a day. It keeps them from being braked for the same again, and covers
/// nothing else: no other kinds of calls, nothing dearer, and no grave act.
/// </summary>
public sealed record Allowance
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The account of whom it is about.</summary>
    public required string Account { get; init; }

    /// <summary>The key of the actor whom it is about.</summary>
    public required string Principal { get; init; }

    /// <summary>The ids of the detections of what they may do.</summary>
    public required ImmutableArray<string> Kinds { get; init; }

    /// <summary>Up to how many US dollars an hour.</summary>
    public required int UsdPerHour { get; init; }

    /// <summary>Who said so.</summary>
    public required string Owner { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Until when.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Whether the store vouches that ResponseKit wrote it so. What is not verified covers nothing. No part of its JSON.</summary>
    [JsonIgnore]
    public bool IsVerified { get; init; } = true;

    /// <summary>The ids of the detections of what a verdict counts that took effect, or that tried out rights: whoever was allowed knows what they may do.</summary>
    public static ImmutableArray<string> KindsOf(Verdict verdict) =>
        [.. verdict.Signals.Where(IsAct).Select(signal => signal.DetectionId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The first grave act that a verdict counts; null when there is none. What holds one can never be allowed.</summary>
    public static Signal? GraveIn(Verdict verdict) => verdict.Signals.FirstOrDefault(IsGrave);

    /// <summary>Whether it keeps somebody from being braked.</summary>
    /// <param name="verdict">The verdict, which is to brake.</param>
    /// <param name="account">The account of whose case it is.</param>
    /// <param name="principal">The key of the actor whose case it is.</param>
    /// <param name="now">The time.</param>
    public bool Covers(Verdict verdict, string account, string principal, DateTimeOffset now) =>
        verdict is Verdict.Brake && IsVerified && now < Until && Account == account && Principal == principal
        && verdict.UsdPerHour <= UsdPerHour && GraveIn(verdict) is null && KindsOf(verdict).All(kind => Kinds.Contains(kind));

    /// <inheritdoc/>
    public bool Equals(Allowance? other) => other is not null && Id == other.Id && Account == other.Account && Principal == other.Principal
        && Kinds.SequenceEqual(other.Kinds) && UsdPerHour == other.UsdPerHour && Owner == other.Owner && Reason == other.Reason && From == other.From && Until == other.Until
        && IsVerified == other.IsVerified;

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    private static bool IsAct(Signal signal) => signal.Finding.Allowed is null && (signal.Category == SignalCategory.PermissionProbing
        || (signal.Outcome.TookEffect && signal.Category is SignalCategory.Provisioning or SignalCategory.Persistence or SignalCategory.Obstruction));

    // Of what only makes compute, the weight says how dear it is, which the price says better.
    private static bool IsGrave(Signal signal) => signal.Finding.Allowed is null && (signal.Finding.Decisive || signal.Category == SignalCategory.ExternalFinding
        || (signal.Outcome.TookEffect && (signal.Finding.Grave || signal.Finding.Damage is not null || (signal.IsGrave && signal.Category != SignalCategory.Provisioning))));
}
