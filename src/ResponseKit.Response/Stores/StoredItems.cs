using System.Diagnostics.CodeAnalysis;
using ResponseKit.Correlation;

namespace ResponseKit.Response.Stores;

/// <summary>
/// Reads what the table says of incidents and of questions to persons, and nothing of which a part is missing: the serializer gives null, or no list, where a member is
/// not there, and who lists, shows or judges would stumble over it.
/// </summary>
internal static class StoredItems
{
    /// <summary>An incident; false where it is none.</summary>
    public static bool TryRead(Stream? packed, [NotNullWhen(true)] out Incident? incident) =>
        Packed.TryRead(packed, CaseJson.Default.Incident, out incident) && IsWhole(incident);

    /// <summary>A question to persons; false where it is none.</summary>
    public static bool TryRead(Stream? packed, [NotNullWhen(true)] out Approval? approval) =>
        Packed.TryRead(packed, ResponseJson.Default.Approval, out approval) && IsWhole(approval);

    private static bool IsWhole(Incident incident) =>
        incident is { Id: not null, Root: not null, Account: not null, Case.RootKey: not null, Verdict: { Categories: not null, Signals.IsDefault: false, Explanation: not null } }
        && incident.Verdict.Signals.All(StoredObservation.IsWhole) && incident.Case.Observations.All(StoredObservation.IsWhole) && incident.Verdict.Explanation is
        {
            Actor: not null, Sum: not null, Steps.IsDefault: false, Unusual.IsDefault: false, NotCounted.IsDefault: false, WouldChange.IsDefault: false,
        }
        && incident.Verdict.Explanation.Steps.All(step => step is { Text: not null });

    private static bool IsWhole(Approval approval) =>
        !approval.Items.IsDefault && approval.Items.All(item => item is { ActionId: not null, Reason: not null, Targets.IsDefault: false } && item.Targets.All(target => target is not null))
        && approval.Decision is null or { By: not null, Reason: not null };
}
