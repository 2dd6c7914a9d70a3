using System.Collections.Concurrent;
using System.Collections.Immutable;
using ResponseKit.Aws.Actions;
using ResponseKit.Response;
using ResponseKit.Response.Running;
using ResponseKit.Response.Stores;

namespace ResponseKit.Functions;

/// <summary>
/// Carries responses through within this process: for a drill, and for trying a deployment out. They break off with the process; in AWS a state
/// machine does not.
/// </summary>
/// <param name="services">What the response works with.</param>
/// <param name="functions">The action functions.</param>
/// <param name="settings">How patient it is.</param>
/// <param name="progress">Told of every step, from any thread.</param>
public sealed class InProcessStarter(FunctionServices services, IActionInvoker functions, RunnerSettings settings, IProgress<ResponseEvent> progress)
    : IResponseStarter, IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ResponseReport>>> responses = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stop = new();

    /// <inheritdoc/>
    public Task<ResponseStart> StartAsync(IncidentRecord record, CancellationToken cancellationToken)
    {
        _ = responses.GetOrAdd(record.ResponseName, _ => new(() => Task.Run(() => RespondAsync(record, stop.Token), stop.Token))).Value;
        return Task.FromResult<ResponseStart>(new ResponseStart.UnderWay());
    }

    /// <summary>
    /// Completes when every response that was started by now has ended, with their reports. Cancelling only gives up waiting.
    /// </summary>
    public async Task<ImmutableArray<ResponseReport>> WhenEndedAsync(CancellationToken cancellationToken) =>
        [.. await Task.WhenAll(responses.Values.Select(response => response.Value)).WaitAsync(cancellationToken)];

    /// <summary>Breaks off what is under way.</summary>
    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    private async Task<ResponseReport> RespondAsync(IncidentRecord record, CancellationToken cancellationToken)
    {
        var runner = new ResponseRunner(functions, settings, services.Time, progress);
        var report = await runner.RunAsync(new Round(services, record), cancellationToken);
        ResponseLog.Ended(services.Log, report);
        return report;
    }

    private sealed class Round(FunctionServices services, IncidentRecord record) : IResponseRound
    {
        public async Task<ResponsePlan> PlanAsync(CancellationToken cancellationToken)
        {
            var now = await services.Cases.FindAsync(record.Incident.Id, cancellationToken)
                ?? throw new InvalidOperationException($"The incident '{record.Incident.Id}' has gone from the store.");
            if (!await services.MayGoByAsync(now.IsVerified, cancellationToken))
                throw new InvalidOperationException($"The incident '{record.Incident.Id}' in the store cannot be verified, so its response is broken off.");
            // Another round has begun: what was braked is being contained.
            if (now.Round != record.Round)
                return new ResponsePlan(record.Incident.Id, [], []);
            var dismissed = await services.DismissalsOfAsync(now.Incident, cancellationToken);
            if (dismissed.OfRound(record.Round) is { } end)
                throw new InvalidOperationException($"The incident '{record.Incident.Id}' was ended by {end.By} at {end.At:u}, so its response is broken off.");
            var incident = now.Incident with { Case = now.Incident.Case.Without(dismissed.Covers) };
            return ResponsePlanner.Plan(incident, ActionCatalogue.All.Select(action => action.Descriptor), services.Policy);
        }

        public Task KeepAsync(ResponsePass pass, CancellationToken cancellationToken) => services.Ledgers.KeepAsync(record.ResponseName, pass, cancellationToken);

        public async Task<bool> EndAsync(AnsweredEvents answered, CancellationToken cancellationToken) => await RoundEnd.TryAsync(
            services.Cases, record, answered, await services.DismissalsOfAsync(record.Incident, cancellationToken), services.Time.GetUtcNow(), cancellationToken);
    }
}
