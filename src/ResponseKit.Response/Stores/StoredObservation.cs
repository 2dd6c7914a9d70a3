using System.Text.Json;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Blame;
using ResponseKit.Detections;

namespace ResponseKit.Response.Stores;

/// <summary>Reads observations of the table, and none of which a part is missing: judging would stumble over it, again with each event of the case.</summary>
internal static class StoredObservation
{
    /// <summary>The observation.</summary>
    /// <exception cref="InvalidDataException">It is not what we packed.</exception>
    /// <exception cref="JsonException">It is no observation, or lacks something.</exception>
    public static Observation Read(Stream packed) =>
        Packed.Read(packed, CaseJson.Default.Observation) is var observation && IsWhole(observation) ? observation : throw new JsonException("An observation of the table lacks a part. It was not read.");

    /// <summary>A slot.</summary>
    /// <exception cref="InvalidDataException">It is not what we packed.</exception>
    /// <exception cref="JsonException">It is no slot, or lacks something.</exception>
    public static SlotContent ReadSlot(Stream packed) => ToSlot(Packed.Unpack(packed));

    /// <summary>The slot that a JSON text is.</summary>
    /// <exception cref="JsonException">It is no slot, or lacks something.</exception>
    public static SlotContent ToSlot(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, CaseJson.Default.SlotContent) is { Kept.IsDefault: false, Full.IsDefault: false } content && content.Kept.All(IsWhole)
                && content.Spent.All(spent => spent is { Spender: { Actor: not null, Region: not null, Detection: not null }, Entries.IsDefault: false }
                    && spent.Entries.All(entry => entry is not null))
                ? content
                : throw new JsonException("A slot of the table lacks a part. It was not read.");
        }
        catch (NotSupportedException error)
        {
            // So the serializer calls a kind of value that is missing or unknown.
            throw new JsonException(error.Message, error);
        }
    }

    /// <summary>Whether nothing is missing: the serializer gives null, or no list, where a member is not there.</summary>
    public static bool IsWhole(Observation? observation) =>
        observation is { EventId: not null, Actor: not null, Region: not null, Signals.IsDefault: false, Lineage.IsDefault: false, Links.IsDefault: false }
        && observation.Signals.All(IsWhole) && observation.Lineage.All(entry => entry is { Resource: not null, EventId: not null }) && observation.Links.All(link => link is { Child: not null, Parent: not null })
        && observation.Changes.All(change => change is { Rule: not null, Account: not null, Region: not null, Values: not null })
        && observation.Traits.All(trait => trait.Value is not null);

    /// <summary>Whether nothing of a signal is missing.</summary>
    public static bool IsWhole(Signal? signal) =>
        signal is { DetectionId: not null, EventId: not null, Actor: not null, Region: not null, Outcome: not null, Finding: { Explanation: not null, Facts: not null } };
}
