using ResponseKit.Aws.Actions;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Blame;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Deployment;
using ResponseKit.Detections.Costs;
using ResponseKit.Heartbeats;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Response;
using ResponseKit.Response.Stores;

namespace ResponseKit.Functions;

/// <summary>
/// Takes one CloudTrail record as EventBridge delivers it, keeps what matters of it, judges the case it belongs to, and starts a response when
/// the verdict is to contain. The same event may come twice, and several at the same time: there is one incident and one response all the same.
/// </summary>
public sealed class TriageFunction(FunctionServices services, IResponseStarter responses)
{
    /// <summary>After so long a response that was started is started once more: whoever started it may have died before it was under way.</summary>
    private static readonly TimeSpan StartStands = TimeSpan.FromMinutes(5);

    /// <summary>Whose habits are looked up in one case: an attacker can make identities faster than they can be read, and those have no habits.</summary>

    /// <summary>
    /// Handles one event. What is no believable record is answered as such and changes nothing; a store that cannot be reached throws, so that
    /// the event is delivered again.
    /// </summary>
    /// <param name="payload">The event as JSON, in EventBridge's envelope. A bare record is none: anybody who may invoke the function could have written it.</param>
    /// <param name="cancellationToken">Gives up at once.</param>
    public async Task<TriageAnswer> HandleAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var answer = RecordParser.ParseDelivered(payload.Span) switch
        {
            ParseResult.Parsed parsed => await ConsiderAsync(parsed.Record, cancellationToken),
            ParseResult.Rejected rejected => new TriageAnswer(TriageOutcome.Rejected, rejected.Reason),
            _ => throw new InvalidOperationException("Not a result."),
        };
        // Heartbeats are very many, and the sweep tells which are missing.
        if (answer.Outcome != TriageOutcome.Heartbeat)
            Log(answer);
        return answer;
    }

    private async Task<TriageAnswer> ConsiderAsync(CloudTrailRecord record, CancellationToken cancellationToken)
    {
        if (services.Heartbeats is { } heartbeats && Heartbeat.In(record, services.ResponderRole) is { } heartbeat)
        {
            var isAwaited = await heartbeats.CameBackAsync(heartbeat, services.Time.GetUtcNow(), cancellationToken);
            return new TriageAnswer(TriageOutcome.Heartbeat, isAwaited ? "A heartbeat came back." : "Nobody waits for this heartbeat: it is late, or was seen before the last ones were sent.");
        }

        if (Observer.Observe(record, services.Policy) is not { } observation)
            return new TriageAnswer(TriageOutcome.Unremarkable, "Nothing remarkable was done.") { EventId = record.EventId, Actor = record.Actor.Key };
        if (await new Restraints(services).RefusedAsync(record, observation, cancellationToken))
        {
            return new TriageAnswer(TriageOutcome.Unremarkable, "A restraint of ResponseKit's own refused it, so it says nothing against anybody and draws nothing out.")
            {
                EventId = record.EventId,
                Actor = record.Actor.Key,
            };
        }

        var (isNew, beginsToThin) = await services.Cases.AddAsync(observation, cancellationToken);
        if (beginsToThin)
            LogThinned(observation);
        var root = await services.Cases.KeyOfAsync(observation, cancellationToken);
        var answer = await AnswerAsync(root, observation, isNew, cancellationToken);
        foreach (var notice in GraveNotices.Of(observation, root, record.Account, answer, services.Policy.Mode)
            .Concat(BrakeNotices.Of(observation, root, record.Account, answer, services.Policy.Mode)))
            await services.TellAsync(notice, cancellationToken);
        return answer with
        {
            EventId = record.EventId,
            IsDuplicate = !isNew,
            Actor = observation.Actor.Key,
            Root = CaseFile.ActorKeyOf(root),
            Detections = [.. observation.Signals.Select(signal => signal.DetectionId).Distinct(StringComparer.Ordinal)],
        };
    }

    private async Task<TriageAnswer> AnswerAsync(string root, Observation observation, bool isNew, CancellationToken cancellationToken)
    {
        // While a response is under way, it reads the case by itself; judging it again would change nothing.
        var latest = await services.Cases.LatestOfAsync(root, cancellationToken);
        if (latest is { IsOpen: true, Started: not null, IsBrake: false } && !IsStale(latest))
            return Known(latest);
        var history = await services.Baselines.OfAsync(observation.Actor.Key, cancellationToken);
        var isNews = !observation.Traits.IsEmpty && history.IsNews(observation.Time, observation.Traits);
        if (latest is null && !isNews && root == observation.Actor.Key && await ChangesNothingAsync(observation, history, cancellationToken))
            return new TriageAnswer(TriageOutcome.Kept, "By itself it says nothing against anybody, so its case was not judged again.");
        var dismissed = latest is null ? Dismissals.None : await services.DismissalsOfAsync(latest.Incident, cancellationToken);
        var answer = await JudgeAsync(root, observation, dismissed, BaselineOf(observation.Actor.Key, history), cancellationToken);
        // What looks like an attack must not become usual.
        if (isNew && isNews && answer.Verdict is Verdict.Ignore)
            await services.Baselines.LearnAsync(observation.Actor.Key, observation.Time, observation.Traits, cancellationToken);
        return answer;
    }

    /// <summary>
    /// Whether the case cannot be worse for an observation, so that it need not be read: most sessions that are opened are so, and a busy actor's case is
    /// long. Whatever a child does after this look finds the link, and is judged in its parent's case.
    /// </summary>
    private async Task<bool> ChangesNothingAsync(Observation observation, ActorHistory history, CancellationToken cancellationToken)
    {
        if (!Correlator.SaysNothing(observation, services.Policy, BaselineOf(observation.Actor.Key, history)))
            return false;
        foreach (var link in observation.Links)
        {
            if (await services.Cases.HasActedAsync(link.Child, cancellationToken))
                return false;
        }

        return true;
    }

    private async Task<TriageAnswer> JudgeAsync(string root, Observation observation, Dismissals dismissed, Baseline known, CancellationToken cancellationToken)
    {
        // Only windows that this event lies in can say anything new; and a busy role's month would take long to read.
        var since = observation.Time - Horizon.Of(services.Policy.Correlation);
        var tree = (await services.Cases.JudgedAsync(root, observation, since, cancellationToken)).Without(dismissed.Covers);
        var file = tree.File;
        if (tree.IsCut)
        {
            services.Log.Write(
                LogSeverity.Warning, LogWords.Thinned, ("root", root), ("event", observation.EventId),
                ("message", "More identities belong to this case than one verdict can take into account. The worst, the latest and the one that acts now are in it."));
        }

        var verdict = Correlator.Judge(tree, services.Policy, await services.BaselineOfAsync(file, known, cancellationToken));
        if (verdict is not (Verdict.Contain or Verdict.Brake))
            return new TriageAnswer(TriageOutcome.Kept, verdict.Explanation.ToString()) { Verdict = verdict };
        var now = services.Time.GetUtcNow();
        if (await AllowanceAsync(file, verdict, now, cancellationToken) is { } allowance)
        {
            var watch = new Verdict.Watch(verdict.Score, verdict.Categories, verdict.Signals, verdict.Explanation)
            {
                FirstAlert = verdict.FirstAlert,
                UsdPerHour = verdict.UsdPerHour,
                MostUsdPerHour = verdict.MostUsdPerHour,
            };
            return new TriageAnswer(
                TriageOutcome.Kept, $"{allowance.Owner} has allowed it until {allowance.Until:u}, up to {Dollars.AnHour(allowance.UsdPerHour)} ({allowance.Id}).")
            { Verdict = watch };
        }

        var brake = verdict is Verdict.Brake ? BrakeSpan.From(now, services.Policy.Brake) : null;
        var actions = ActionCatalogue.All.Select(action => action.Descriptor).ToList();
        var plan = ResponsePlanner.Plan(Incident.Open(file, verdict) with { Brake = brake }, actions, services.Policy);
        verdict = verdict with { Explanation = verdict.Explanation.With(plan, actions) };
        var opening = await services.Cases.OpenAsync(
            Incident.Open(file, verdict) with { Brake = brake, Paged = plan.Pages.Length }, services.Ledgers.AnsweredAsync, now, cancellationToken);
        if (brake is not null && opening.Record is { IsOpen: false, IsBrake: true, Incident.Brake: { } span } && span.Until <= now && span.Until >= span.Most)
            return new TriageAnswer(TriageOutcome.Kept, $"It was braked until {span.Until:u}, as long as the policy allows. A person has to decide.") { Verdict = verdict };
        var answer = opening.Record.IsOpen && (opening.Record.Started is null || IsStale(opening.Record))
            ? await StartAsync(opening.Record with { IsOverdue = IsStale(opening.Record) }, cancellationToken)
            : Known(opening.Record);
        // After the start, which must not wait for it; and again with a later event when it failed.
        if (opening.Record.IsOpen)
            await services.TellAsync(IncidentNotices.Opened(opening.Record, verdict, answer.Message, services.Policy.Mode, plan.Pages), cancellationToken);
        return answer with { Verdict = verdict };
    }

    private async Task<Allowance?> AllowanceAsync(CaseFile file, Verdict verdict, DateTimeOffset now, CancellationToken cancellationToken) => verdict is Verdict.Brake
        ? (await services.Allowances.AllAsync(cancellationToken)).FirstOrDefault(allowance => allowance.Covers(verdict, file.Root.Account, file.Root.Key, now))
        : null;

    private void LogThinned(Observation observation) => services.Log.Write(
        LogSeverity.Warning, LogWords.Thinned, ("actor", observation.Actor.Key), ("event", observation.EventId),
        ("message", $"{observation.Actor.Key} does so many different things that of some kinds only the first and the last of five minutes are kept as evidence, from "
            + $"{Slot.StartOf(observation.Time):u}. What they made is all kept."));

    private static Baseline BaselineOf(string actorKey, ActorHistory history) => new(Baseline.Empty.Actors.SetItem(actorKey, history));

    private async Task<TriageAnswer> StartAsync(IncidentRecord record, CancellationToken cancellationToken)
    {
        var id = record.Incident.Id;
        if (await services.Control.KillSwitchAsync(cancellationToken) is { } killSwitch)
        {
            return new TriageAnswer(
                TriageOutcome.NotResponding,
                $"{record.Incident.Root.Key} must be {Done(record)}, and the {LogWords.KillSwitch} {killSwitch.Since:u}, set by {killSwitch.By}: {killSwitch.Reason} "
                + "Once it is taken away, the actor's next event starts the response.")
            { Incident = id };
        }

        switch (await responses.StartAsync(record, cancellationToken))
        {
            case ResponseStart.NotStarted not:
                return new TriageAnswer(TriageOutcome.NotResponding, $"{record.Incident.Root.Key} must be {Done(record)}. {not.Reason}") { Incident = id };
            default:
                await services.Cases.MarkStartedAsync(record, services.Time.GetUtcNow(), cancellationToken);
                return new TriageAnswer(TriageOutcome.Responding, $"{record.Incident.Root.Key} {Doing(services.Policy.Mode, record)}") { Incident = id, StartedResponse = true };
        }
    }

    private static string Done(IncidentRecord record) => record.IsBrake ? "braked" : "contained";

    private static string Doing(ResponseMode mode, IncidentRecord record) => mode switch
    {
        ResponseMode.Observe => $"must be {Done(record)}. The policy's mode is observe, so what would be done is planned and reported, and nothing is changed.",
        ResponseMode.Approve => $"must be {Done(record)}. The policy's mode is approve, so what is to be done is planned and waits for a person.",
        _ when record.IsBrake => $"is being braked until {record.Incident.Brake?.Until:u}. Whether more is done a person decides.",
        _ => "is being contained.",
    };

    private bool IsStale(IncidentRecord record) => record.Started is { } started && services.Time.GetUtcNow() - started > StartStands;

    private static TriageAnswer Known(IncidentRecord record) => new(
        TriageOutcome.KnownIncident,
        record.IsOpen
            ? $"It belongs to incident {record.Incident.Id}, whose response is under way."
            : $"It belongs to incident {record.Incident.Id}, whose response ended at {record.Ended:u}; everything that took effect was answered.")
    {
        Incident = record.Incident.Id,
    };

    private void Log(TriageAnswer answer) => services.Log.Write(
        answer.Outcome switch
        {
            TriageOutcome.Rejected => LogSeverity.Warning,
            TriageOutcome.NotResponding => LogSeverity.Error,
            _ => LogSeverity.Information,
        },
        $"triage.{answer.Outcome.ToString().ToLowerInvariant()}", ("event", answer.EventId), ("duplicate", answer.IsDuplicate ? "yes" : null), ("actor", answer.Actor),
        ("root", answer.Root), ("detections", answer.Detections.IsEmpty ? null : string.Join(' ', answer.Detections)),
        ("verdict", answer.Verdict?.GetType().Name.ToLowerInvariant()), ("score", answer.Verdict is { } verdict ? $"{verdict.Score}" : null),
        ("incident", answer.Incident), ("message", answer.Message));
}
