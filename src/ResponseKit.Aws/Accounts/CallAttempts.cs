using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace ResponseKit.Aws.Accounts;

/// <summary>
/// Watches the attempts of which the SDK makes one call, to know whether one of those that it repeated may have taken effect: then what the last attempt finds
/// in place is our own doing, and a refusal is not the whole truth.
/// </summary>
internal sealed class CallAttempts : IDisposable
{
    private static readonly AsyncLocal<CallAttempts?> Current = new();
    private readonly CallAttempts? outer;
    private volatile bool mayHaveTakenEffect;

    static CallAttempts() => RuntimePipelineCustomizerRegistry.Instance.Register(new Customizer());

    private CallAttempts(CallAttempts? outer) => this.outer = outer;

    /// <summary>Whether no answer came to an attempt, or one that says that AWS itself failed.</summary>
    public bool MayHaveTakenEffect => mayHaveTakenEffect;

    /// <summary>Has clients that are made from now on be watched; those that were made before are not.</summary>
    public static void Prepare()
    {
        // The static constructor has done it.
    }

    /// <summary>Watches what is called until it is disposed of.</summary>
    public static CallAttempts Watch() => Current.Value = new CallAttempts(Current.Value);

    /// <summary>Says of what is watched now that it may have taken effect, where it waited for a call that somebody else made.</summary>
    public static void MayHaveTaken()
    {
        if (Current.Value is { } call)
            call.mayHaveTakenEffect = true;
    }

    /// <inheritdoc/>
    public void Dispose() => Current.Value = outer;

    // What throttles was not done, also where it says so with a status of 503. An attempt that was given up may have arrived.
    private static bool IsUnknown(Exception error) => error is not AmazonServiceException answer
        || answer.InnerException is HttpRequestException or IOException
        || (answer.StatusCode >= HttpStatusCode.InternalServerError && !IsThrottling(answer));

    private static bool IsThrottling(AmazonServiceException answer) =>
        answer.ErrorCode is "RequestLimitExceeded" or "Throttling" or "ThrottlingException" or "SlowDown" || answer.Retryable?.Throttling == true;

    private sealed class Customizer : IRuntimePipelineCustomizer
    {
        public string UniqueName => "ResponseKit." + nameof(CallAttempts);

        public void Customize(Type type, RuntimePipeline pipeline) => pipeline.AddHandlerAfter<RetryHandler>(new Handler());
    }

    private sealed class Handler : PipelineHandler
    {
        public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
        {
            try
            {
                return await base.InvokeAsync<T>(executionContext);
            }
            catch (Exception error) when (Note(error))
            {
                throw;
            }
        }

        private static bool Note(Exception error)
        {
            if (Current.Value is { } call && IsUnknown(error))
                call.mayHaveTakenEffect = true;
            return false;
        }
    }
}
