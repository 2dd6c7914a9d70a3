using System.Runtime.ExceptionServices;
using Amazon.Runtime;
using ResponseKit.Aws.Execution;

namespace ResponseKit.Aws.Actions;

/// <summary>Calls that AWS refuses for a while only, and the SDK does not try again by itself.</summary>
internal static class Retrying
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Makes a call, and again for 20 seconds while AWS answers with one of the codes; the last refusal is thrown.</summary>
    public static Task<T> WhileAsync<T>(
        this ActionRun run, IReadOnlyCollection<string> codes, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
        where T : class => run.WhileAsync(codes, Patience, call, cancellationToken);

    /// <summary>Makes a call, and again with growing pauses while AWS answers with one of the codes; the last refusal is thrown.</summary>
    public static async Task<T> WhileAsync<T>(
        this ActionRun run, IReadOnlyCollection<string> codes, TimeSpan atMost, Func<CancellationToken, Task<T>> call,
        CancellationToken cancellationToken)
        where T : class
    {
        T? response = null;
        AmazonServiceException? refusal = null;
        await run.UntilAsync(
            async token =>
            {
                try
                {
                    response = await call(token);
                    return true;
                }
                catch (AmazonServiceException error) when (codes.Contains(error.ErrorCode))
                {
                    refusal = error;
                    return false;
                }
            },
            atMost, cancellationToken);
        if (response is null)
            ExceptionDispatchInfo.Throw(refusal!);
        return response;
    }
}
