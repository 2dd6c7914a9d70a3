using System.Collections.Immutable;
using ResponseKit.Correlation;
using ResponseKit.Response.Running;
using ResponseKit.Response.Stores;

namespace ResponseKit.Response.Evidence;

/// <summary>All that is known at the end of a round: what was done by whom, what was planned, done, held and failed, and what persons said.</summary>
public sealed record IncidentDossier
{
    /// <summary>The incident with its case.</summary>
    public required IncidentRecord Record { get; init; }

    /// <summary>The verdict on all that is known now; that of the incident is the one by which it was opened.</summary>
    public required Verdict Judged { get; init; }

    /// <summary>The last plan.</summary>
    public required ResponsePlan Plan { get; init; }

    /// <summary>What became of it.</summary>
    public required ResponseReport Report { get; init; }

    /// <summary>What each action did, with the states before.</summary>
    public required IReadOnlyList<ActionReceipt> Receipts { get; init; }

    /// <summary>What persons were asked in the incident, and answered.</summary>
    public required ImmutableArray<Approval> Approvals { get; init; }

    /// <summary>The policy's mode.</summary>
    public required string Mode { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset Written { get; init; }

    /// <summary>What broke the round off; null when it came to its end.</summary>
    public string? Error { get; init; }

    /// <summary>The folder of the round in a bucket, with a slash at the end.</summary>
    public string Folder => $"incidents/{Record.Incident.Account}/{Record.Incident.Id}/round-{Record.Round}/";

    /// <summary>The names of its files within the folder, without their endings. A round that was broken off goes on and ends under its own name.</summary>
    public string Name => Error is null ? "report" : $"broken-off-{Written.UtcDateTime:yyyyMMdd-HHmmss}";
}
