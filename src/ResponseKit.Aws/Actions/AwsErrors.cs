using System.Collections.Frozen;
using System.Net;
using Amazon.Runtime;
using ResponseKit.Aws.Execution;

namespace ResponseKit.Aws.Actions;

/// <summary>What errors of AWS mean for what to do next.</summary>
internal static class AwsErrors
{
    private static readonly FrozenSet<string> OfTheCaller = FrozenSet.Create(
        StringComparer.Ordinal,
        "RequestLimitExceeded", "Throttling", "ThrottlingException", "AuthFailure", "ExpiredToken", "ExpiredTokenException", "RequestExpired",
        "InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch");

    /// <summary>
    /// Whether the error would be the same whatever the call names: throttling, credentials, a fault within AWS. A denied permission is
    /// not among them, as policies can deny by the tags of a single resource.
    /// </summary>
    public static bool IsAboutTheCaller(AmazonServiceException error) =>
        error.StatusCode >= HttpStatusCode.InternalServerError || OfTheCaller.Contains(error.ErrorCode ?? "");

    /// <summary>
    /// Makes a call, and again with growing pauses while AWS answers with one of the codes; after the time given, the last error is thrown.
    /// </summary>
    public static async Task<TResponse> RetryAsync<TResponse>(
        ActionRun run,
        IReadOnlyCollection<string> codes,
        TimeSpan atMost,
        Func<CancellationToken, Task<TResponse>> call,
        CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse
    {
        TResponse? answer = null;
        AmazonServiceException? refusal = null;
        await run.UntilAsync(
            async token =>
            {
                try
                {
                    answer = await call(token);
                }
                catch (AmazonServiceException error) when (codes.Contains(error.ErrorCode))
                {
                    refusal = error;
                }

                return answer is not null;
            },
            atMost,
            cancellationToken);
        return answer ?? throw refusal!;
    }
}
