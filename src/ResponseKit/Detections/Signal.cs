using System.Text.Json.Serialization;
using ResponseKit.Actors;
using ResponseKit.Records;

namespace ResponseKit.Detections;

/// <summary>A finding about one record, with who did it and when. Two signals are the same when detection and event are the same.</summary>
/// <param name="DetectionId">The detection that spoke.</param>
/// <param name="Category">Its category.</param>
/// <param name="EventId">The record's CloudTrail event id.</param>
/// <param name="Time">When the call was made.</param>
/// <param name="Actor">Who made it.</param>
/// <param name="Region">Where it was recorded.</param>
/// <param name="Outcome">How the call ended.</param>
/// <param name="Finding">What was found.</param>
public sealed record Signal(
    string DetectionId, SignalCategory Category, string EventId, DateTimeOffset Time, Actor Actor, string Region, CallOutcome Outcome, Finding Finding)
{
    private const int GraveFrom = 50;
    private static readonly string[] PaidByUse = ["bedrock.", "ses."];

    /// <summary>Whether it is about models or mail, which are paid for by use.</summary>
    [JsonIgnore]
    public bool IsAboutUse => Array.Exists(PaidByUse, prefix => DetectionId.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Whether it asks for models or for mail, and does not merely look: they are asked for region by region, and no roll-out does so everywhere.</summary>
    [JsonIgnore]
    public bool IsByUse => Category != SignalCategory.Recon && IsAboutUse;

    /// <summary>Whether it alone is worth watching, and worth telling people of.</summary>
    [JsonIgnore]
    public bool IsGrave => (Finding.Grave || Finding.Weight >= GraveFrom) && Outcome.TookEffect;
}
