using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ResponseKit.Correlation.Explaining;

namespace ResponseKit.Cli.Replay.Output;

/// <summary>The report as JSON. docs/replay.md describes it; members are added, never changed or taken away.</summary>
internal sealed record ReplayReport(
    IReadOnlyList<string> Inputs, int FilesRead, long BytesRead, long RecordsRead, long RecordsLate, string Reads, long RecordsNotDelivered, double Seconds, ImmutableArray<SkippedEntry> Skipped,
    ImmutableArray<IncidentEntry> Incidents, WhatIfEntry? WhatIf);

/// <summary>An input, or a part of one, that was left out.</summary>
internal sealed record SkippedEntry(string File, string Reason);

/// <summary>One actor's incident.</summary>
internal sealed record IncidentEntry(
    string Id, string Actor, string Account, string Verdict, int Score, DateTimeOffset FirstRecordTime, AlertEntry FirstAlert, int Records,
    ImmutableArray<string> Actors, IReadOnlyDictionary<string, int> Categories, ImmutableArray<SignalEntry> Signals, ImmutableArray<ActionEntry> PlannedActions,
    ImmutableArray<PageEntry> Pages, Explanation Explanation)
{
    /// <summary>What runs because of the actor beyond what is usual for them, in US dollars an hour.</summary>
    public decimal UsdPerHour { get; init; }
}

/// <summary>When the verdict could first have been given.</summary>
internal sealed record AlertEntry(string EventId, DateTimeOffset Time, int RecordIndex, double SecondsAfterFirstRecord);

/// <summary>A signal that counted.</summary>
internal sealed record SignalEntry(
    string Detection, string Category, string EventId, DateTimeOffset Time, string Actor, string Region, string Outcome, int Weight, string Text,
    IReadOnlyDictionary<string, string> Facts);

/// <summary>An action that a response would ask for.</summary>
internal sealed record ActionEntry(
    string Stage, string Action, string Mode, string Account, string Region, ImmutableArray<string> Targets, string Guard, string? GuardReason);

/// <summary>What a person would be told.</summary>
internal sealed record PageEntry(string Subject, string Reason, string Lever);

/// <summary>The incidents by another policy.</summary>
internal sealed record WhatIfEntry(IReadOnlyList<string> Changes, ImmutableArray<IncidentEntry> Incidents);

/// <summary>The end of an NDJSON report.</summary>
internal sealed record SummaryEntry(
    IReadOnlyList<string> Inputs, int FilesRead, long BytesRead, long RecordsRead, long RecordsLate, string Reads, long RecordsNotDelivered, double Seconds, ImmutableArray<SkippedEntry> Skipped, int Incidents);

/// <summary>One line of an NDJSON report: exactly one of its members is there.</summary>
internal sealed record ReportLine(IncidentEntry? Incident = null, IncidentEntry? WhatIf = null, SummaryEntry? Summary = null);

/// <summary>What the compiler generates for it.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReplayReport))]
[JsonSerializable(typeof(ReportLine))]
internal sealed partial class ReplayJsonContext : JsonSerializerContext;
