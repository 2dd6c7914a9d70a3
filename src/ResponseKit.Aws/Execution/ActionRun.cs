using Amazon.Runtime;
using ResponseKit.Aws.Accounts;
using ResponseKit.Policy;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Execution;

/// <summary>
/// One run of an action: what was asked, the way to AWS, and the receipt that grows with every step. Safe to use from several tasks at once.
/// </summary>
public sealed class ActionRun
{
    /// <inheritdoc cref="StepLog.NoAnswer"/>
    internal const string NoAnswer = StepLog.NoAnswer;

    private readonly StepLog log;
    private readonly Func<CancellationToken, Task> save;
    private readonly RunClock clock;

    internal ActionRun(
        ActionRequest request, AwsClients aws, StepLog log, RunClock clock, ActionReceipt? earlier, Func<CancellationToken, Task> save)
    {
        Request = request;
        Aws = aws;
        Earlier = earlier;
        this.log = log;
        this.clock = clock;
        this.save = save;
    }

    /// <summary>What was asked.</summary>
    public ActionRequest Request { get; }

    /// <summary>The clients of the account acted in.</summary>
    public AwsClients Aws { get; }

    /// <summary>
    /// What an earlier run with the same receipt did and nobody undid, in any mode: what verification holds the account to. Null where there is none.
    /// </summary>
    public ActionReceipt? Earlier { get; }

    /// <summary>What the policy file says is held as evidence.</summary>
    internal GuardSettings Guards { get; init; } = new();

    /// <summary>The region acted in.</summary>
    public string Region => Request.Region;

    /// <summary>The only target; the first of several.</summary>
    public ResourceRef Target => Request.Targets[0];

    /// <summary>Whether changes are made: true when applying and when reverting.</summary>
    public bool Changes => Request.Mode is ActionMode.Apply or ActionMode.Revert;

    /// <summary>Whether there is time for another step.</summary>
    public bool HasTime => clock.HasTime;

    /// <summary>Now, by the run's clock.</summary>
    public DateTimeOffset Now => clock.Now;

    /// <summary>The steps of this run and of earlier runs with the same receipt.</summary>
    public IReadOnlyList<StepReceipt> Steps => log.Steps;

    /// <summary>An option of the request, or null.</summary>
    public string? Option(string name) => Request.Options.GetValueOrDefault(name);

    /// <summary>
    /// Takes one step: when planning it is only listed; when applying or reverting, its before-state is saved first and then the call is made.
    /// A call that fails is recorded and does not throw, so that one failure never stops the rest. A step for which no time is left is
    /// recorded as not reached.
    /// </summary>
    public async Task<StepResult<TResponse>> StepAsync<TResponse>(
        Step step, Func<CancellationToken, Task<TResponse>> call, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse
    {
        if (!Changes)
            return new(log.Record(step, new StepOutcome.Planned()), null);
        if (!HasTime)
            return new(log.Record(step, new StepOutcome.NotReached()), null);
        if (log.Announce(step))
            await save(cancellationToken);
        using var attempts = CallAttempts.Watch();
        try
        {
            var response = await call(cancellationToken);
            return new(log.Record(step, new StepOutcome.Applied(response.ResponseMetadata?.RequestId)), response);
        }
        catch (AmazonServiceException error) when (step.MeansInPlace.Contains(error.ErrorCode))
        {
            // Where an attempt before got no answer, it is most likely what is found in place; it is not taken for somebody else's doing, which nobody would undo.
            return new(log.Record(step, attempts.MayHaveTakenEffect ? new StepOutcome.Applied(RequestId: null) : new StepOutcome.AlreadyInPlace()), null);
        }
        catch (AmazonServiceException error)
        {
            return new(log.Record(step, Failed(error, attempts)), null);
        }
        catch (AmazonClientException error) when (error.InnerException is AmazonServiceException last)
        {
            // The SDK gives up like this when it may not try again although AWS only throttled.
            return new(log.Record(step, Failed(last, attempts)), null);
        }
        catch (Exception error) when (IsNoAnswer(error, cancellationToken))
        {
            return new(log.Record(step, new StepOutcome.Failed(NoAnswer, error.Message) { MayHaveTakenEffect = true }), null);
        }
        catch (OperationCanceledException) when (!HasTime)
        {
            // Given up within the call, which may have arrived.
            return new(log.Record(step, new StepOutcome.NotReached { IsAnnounced = true }), null);
        }
    }

    private static StepOutcome.Failed Failed(AmazonServiceException error, CallAttempts attempts) =>
        new(error.ErrorCode ?? error.StatusCode.ToString(), error.Message) { MayHaveTakenEffect = attempts.MayHaveTakenEffect };

    // The SDK reports a timeout of its own as a cancellation that nobody asked for.
    internal static bool IsNoAnswer(Exception error, CancellationToken cancellationToken) =>
        error is HttpRequestException or AmazonClientException
        || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    /// <summary>
    /// Saves the before-states of many steps at once, ahead of taking them one by one: saving them singly would cost a write each.
    /// </summary>
    public async Task AnnounceAsync(IEnumerable<Step> steps, CancellationToken cancellationToken)
    {
        if (!Changes || !HasTime)
            return;
        var news = steps.Where(log.Announce).ToList();
        if (news.Count > 0)
            await save(cancellationToken);
    }

    /// <summary>Records that a step is not needed: what it would bring about is so already.</summary>
    public void AlreadyInPlace(Step step) => log.Record(step, new StepOutcome.AlreadyInPlace());

    /// <summary>
    /// Records that what a step is about is not there. Where this step, or an earlier run of it, took it away, that is how it should be.
    /// </summary>
    public void NotFound(Step step, string detail)
    {
        var isOurDoing = log.Steps.Concat(Earlier?.Steps ?? []).Any(taken => taken.Key == step.Key && taken.Outcome.MayHaveChanged);
        log.Record(step, isOurDoing ? new StepOutcome.AlreadyInPlace() : new StepOutcome.NotFound(detail));
    }

    /// <summary>Records that a step is deliberately not taken.</summary>
    public void Skip(Step step, string reason) => log.Record(step, new StepOutcome.Skipped(reason));

    /// <summary>Records that a step waits for a person.</summary>
    public void NeedsApproval(Step step, string reason) => log.Record(step, new StepOutcome.NeedsApproval(reason));

    /// <summary>Records something that ought to hold and does not: when verifying, or when a wait came to nothing.</summary>
    public void Broken(Step step, string code, string message) => log.Record(step, new StepOutcome.Failed(code, message));

    /// <summary>
    /// Waits until something is so, asking again with growing pauses, at most for the given time and never beyond the run's own.
    /// Only when changes are made: a plan changes nothing, so it has nothing to wait for and goes on at once.
    /// </summary>
    /// <returns>Whether it became so; true at once for a plan.</returns>
    public async Task<bool> UntilAsync(Func<CancellationToken, Task<bool>> isSo, TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (!Changes)
            return true;
        var end = Now + atMost;
        for (var pause = TimeSpan.FromMilliseconds(100); ; pause = TimeSpan.FromMilliseconds(Math.Min(pause.TotalMilliseconds * 2, 5000)))
        {
            if (await isSo(cancellationToken))
                return true;
            if (!HasTime || Now + pause > end)
                return false;
            await clock.PauseAsync(pause, cancellationToken);
        }
    }

    /// <summary>Does something for every item, at most so many at the same time; fewer than the service's own burst, so that bystanders are not throttled.</summary>
    public static Task ForEachAsync<T>(IEnumerable<T> items, int atOnce, Func<T, CancellationToken, Task> body, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
            async (item, token) => await body(item, token));
}
