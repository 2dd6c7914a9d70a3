using Amazon.Runtime;
using ResponseKit.Aws.Accounts;
using ResponseKit.Aws.Execution;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions;

/// <summary>One thing to change by a call that takes many, and its own step in the receipt.</summary>
/// <param name="Id">What the call names it by.</param>
/// <param name="Step">Its step.</param>
internal sealed record BatchItem(string Id, Step Step);

/// <summary>
/// A call that changes many resources at once, with a step for each of them: a receipt is honest per resource. Where AWS refuses the
/// whole call because of one of them, the batch is halved until that one stands alone, so that one bad id does not save the rest.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="size">How many resources one call may name.</param>
/// <param name="call">The call.</param>
internal sealed class BatchCall<TResponse>(ActionRun run, int size, Func<IReadOnlyList<string>, CancellationToken, Task<TResponse>> call)
    where TResponse : AmazonWebServiceResponse
{
    /// <summary>Makes the calls, and returns the items that are now as wanted.</summary>
    public async Task<IReadOnlyList<BatchItem>> RunAsync(IReadOnlyList<BatchItem> items, CancellationToken cancellationToken)
    {
        await run.AnnounceAsync(items.Select(item => item.Step), cancellationToken);
        var inPlace = new List<BatchItem>(items.Count);
        foreach (var chunk in items.Chunk(size))
        {
            // Every step of the chunk waits for the same calls, which begin with the first step that is taken.
            var answers = new Lazy<Task<Dictionary<string, Answer>>>(() => AnswersAsync([.. chunk.Select(item => item.Id)], cancellationToken));
            var results = await Task.WhenAll(chunk.Select(item => run.StepAsync(
                item.Step, async _ => (await answers.Value)[item.Id].OrThrow(), cancellationToken)));
            inPlace.AddRange(chunk.Where((_, at) => results[at].IsInPlace));
        }

        return inPlace;
    }

    private async Task<Dictionary<string, Answer>> AnswersAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var answers = new Dictionary<string, Answer>(StringComparer.Ordinal);
        var waiting = new Stack<IReadOnlyList<string>>([ids]);
        while (waiting.TryPop(out var some))
        {
            var answer = await AskAsync(some, cancellationToken);
            if (answer.Error is not null && some.Count > 1 && !AwsErrors.IsAboutTheCaller(answer.Error))
            {
                waiting.Push([.. some.Skip(some.Count / 2)]);
                waiting.Push([.. some.Take(some.Count / 2)]);
                continue;
            }

            foreach (var id in some)
                answers[id] = answer;
        }

        return answers;
    }

    private async Task<Answer> AskAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        // Of the steps that wait for these calls only the first one makes them.
        using var attempts = CallAttempts.Watch();
        try
        {
            return new Answer(await call(ids, cancellationToken), null, attempts.MayHaveTakenEffect);
        }
        catch (AmazonServiceException error)
        {
            return new Answer(null, error, attempts.MayHaveTakenEffect);
        }
    }

    private sealed record Answer(TResponse? Response, AmazonServiceException? Error, bool MayHaveTakenEffect)
    {
        public TResponse OrThrow()
        {
            if (MayHaveTakenEffect)
                CallAttempts.MayHaveTaken();
            return Response ?? throw Error!;
        }
    }
}
