using System.Collections.Immutable;
using System.Text.Json;
using ResponseKit.Records;
using ResponseKit.Response.Evidence;
using ResponseKit.Response.Running;
using ResponseKit.Response.Stores;
using ResponseKit.Text;

namespace ResponseKit.Functions.Steps;

/// <summary>
/// The last step of a response: ends the incident's round and tells how it went; or answers <c>"again": true</c> when something took effect since the last
/// plan, so that another pass is due. When it is told that a step failed for good (<c>error</c>), the round
/// stays open, so that the actor's next event takes the response up again.
/// </summary>
internal sealed class ReportFunction(ResponseSteps steps)
{
    private readonly DossierReader dossiers = new(steps.Services, steps.Settings);

    /// <summary>Answers <c>{"incident","round","again","actions","held","cameToRest","approvals":[…],"pages":[…],"left":[…]}</c>.</summary>
    public async Task<byte[]> HandleAsync(ReadOnlyMemory<byte> payload, TimeSpan remaining, CancellationToken cancellationToken)
    {
        var input = StepInput.Read(payload);
        var error = ErrorIn(payload);
        var record = await steps.FindAsync(input, cancellationToken);
        if (record is not null && error is null && !await EndAsync(record, cancellationToken))
        {
            steps.Services.Log.Write(LogSeverity.Information, "response.goes-on", ("incident", input.Incident), ("round", $"{input.Round}"));
            return StepJson.WriteAgain(input);
        }

        if (record is null)
            return StepJson.Write(input, Nothing(input));
        var dossier = await dossiers.OfAsync(record, await dossiers.ReportAsync(record, cancellationToken), error, cancellationToken);
        ResponseLog.Ended(steps.Services.Log, dossier.Report, error);
        var released = await new BrakeRelease(steps.Services, new TimeBudget(remaining, steps.Services.Time).ForWork).ReleaseAsync(record, cancellationToken);
        await PassOnAsync(dossier, released, cancellationToken);
        return StepJson.Write(input, dossier.Report);
    }

    private static ResponseReport Nothing(StepInput input) => new() { Incident = input.Incident, Actions = [], Held = [], Pages = [], CameToRest = true };

    /// <summary>Ends the round, unless something took effect since its last plan.</summary>
    private async Task<bool> EndAsync(IncidentRecord record, CancellationToken cancellationToken)
    {
        var ledger = await steps.LedgerAsync(record, cancellationToken);
        if (!ledger.CameToRest)
        {
            if (record.IsOpen)
                await steps.Services.Cases.MarkEndedAsync(record, steps.Services.Time.GetUtcNow(), cancellationToken);
            return true;
        }

        var dismissed = await steps.Services.DismissalsOfAsync(record.Incident, cancellationToken);
        return await RoundEnd.TryAsync(steps.Services.Cases, record, ledger.Answered, dismissed, steps.Services.Time.GetUtcNow(), cancellationToken);
    }

    /// <summary>Keeps the report for good and tells people. The round has ended by then: what fails here is written down and no more.</summary>
    private async Task PassOnAsync(IncidentDossier dossier, ImmutableArray<string> released, CancellationToken cancellationToken)
    {
        var services = steps.Services;
        var kept = await services.Evidence.SaveAsync(dossier, cancellationToken);
        if (kept is EvidenceOutcome.Failed failed)
            services.Log.Write(LogSeverity.Error, "evidence.failed", ("incident", dossier.Record.Incident.Id), ("error", failed.Reason));
        var evidence = kept switch
        {
            EvidenceOutcome.Kept there => $"The report is at {there.Location}",
            EvidenceOutcome.Failed not => Defang.Of(not.Reason),
            _ => "No bucket is set up to keep the report (RESPONSEKIT_EVIDENCE_BUCKET).",
        };
        await services.TellAsync(IncidentNotices.Ended(dossier.Record, dossier.Report, services.Policy.Mode, dossier.Error, evidence, released), cancellationToken);
    }

    private static string? ErrorIn(ReadOnlyMemory<byte> payload)
    {
        using var json = JsonDocument.Parse(payload);
        var error = new Field(json.RootElement)["error"];
        return error.IsPresent ? error.ToString() : null;
    }
}
