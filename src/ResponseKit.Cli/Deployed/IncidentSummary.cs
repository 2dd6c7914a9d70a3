using System.Collections.Immutable;
using System.Text.Json;
using ResponseKit.Cli.Replay;
using ResponseKit.Response;
using ResponseKit.Response.Stores;

namespace ResponseKit.Cli.Deployed;

/// <summary>An incident of a deployment, as lists show it.</summary>
/// <param name="Record">The incident.</param>
/// <param name="Approvals">What persons were asked about it.</param>
/// <param name="Now">The time by which it is judged what still waits.</param>
internal sealed record IncidentSummary(IncidentRecord Record, ImmutableArray<Approval> Approvals, DateTimeOffset Now)
{
    /// <summary>What a person said that ended it for good; null when nobody did.</summary>
    public Dismissal? End { get; init; }

    /// <summary>The actor as AWS names it.</summary>
    public string Actor => ActorName.Of(Record.Incident.Root);

    /// <summary>What waits for a person; null when nothing does.</summary>
    public Approval? Pending => Record.IsOpen && End is null ? Approvals.LastOrDefault(approval => approval.Round == Record.Round && approval.IsPending(Now)) : null;

    /// <summary>How far its response is.</summary>
    public string State => Record switch
    {
        { IsVerified: false } => "not verified",
        _ when End is { Kind: DismissalKind.FalseAlarm } => "dismissed",
        _ when End is not null => "given back",
        { IsOpen: false } => "ended",
        { Started: null } => "not started",
        _ when Pending is not null => "waits for approval",
        _ => "responding",
    };

    /// <summary>Writes its members.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        var incident = Record.Incident;
        json.WriteString("incident", incident.Id);
        json.WriteBoolean("verified", Record.IsVerified);
        json.WriteString("actor", Actor);
        json.WriteString("account", incident.Account);
        json.WriteString("verdict", incident.Verdict.Name);
        json.WriteNumber("score", incident.Verdict.Score);
        json.WriteString("state", State);
        json.WriteNumber("round", Record.Round);
        json.WriteString("began", incident.Opened);
        json.WriteString("opened", Record.Opened);
        if (Record.Ended is { } ended)
            json.WriteString("ended", ended);
        if (End is { } end)
        {
            json.WriteStartObject("endedBy");
            json.WriteString("kind", end.Kind == DismissalKind.FalseAlarm ? "false-alarm" : "given-back");
            json.WriteString("by", end.By);
            json.WriteString("reason", end.Reason);
            json.WriteString("at", end.At);
            json.WriteBoolean("verified", end.IsVerified);
            json.WriteEndObject();
        }

        if (incident.Brake is { } brake)
        {
            json.WriteString("brakedSince", brake.Since);
            json.WriteString("brakedUntil", brake.Until);
            json.WriteString("brakedAtMostUntil", brake.Most);
        }

        if (Pending is { } pending)
            json.WriteString("waitsUntil", pending.Until);
    }
}
