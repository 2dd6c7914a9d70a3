using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Prepares a function; false when it is not to take invocations.</summary>
public delegate Task<bool> LambdaBootstrapInitializer();

/// <summary>Takes invocations from the Lambda Runtime API, one after the other, until told to stop.</summary>
public class LambdaBootstrap : IDisposable
{
    private readonly Func<Stream, ILambdaContext, Task<Stream>> handler;
    private readonly LambdaBootstrapInitializer initializer;
    private readonly RuntimeApiClient api;

    internal LambdaBootstrap(Func<Stream, ILambdaContext, Task<Stream>> handler, LambdaBootstrapInitializer initializer, HttpClient client)
    {
        this.handler = handler;
        this.initializer = initializer;
        api = new RuntimeApiClient(client);
    }

    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        HeapLimit.Apply();
        if (initializer != null && !await InitializeAsync())
            return;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await InvokeOnceAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                // Told to stop, which ends the loop; or the wait for the next invocation timed out, after which it is asked for again.
            }
        }
    }

    public void Dispose() => api.Dispose();

    private async Task<bool> InitializeAsync()
    {
        try
        {
            return await initializer();
        }
        catch (Exception error)
        {
            LogWriter.Default.Write(LogLevel.Error, null, null, error);
            await api.ReportInitializationErrorAsync(error);
            throw;
        }
    }

    private async Task InvokeOnceAsync(CancellationToken cancellationToken)
    {
        var (input, context) = await api.NextAsync(cancellationToken);
        Stream output;
        try
        {
            output = await handler(input, context);
        }
        catch (Exception error)
        {
            LogWriter.Default.Write(LogLevel.Error, context.AwsRequestId, null, error);
            await api.ReportInvocationErrorAsync(context.AwsRequestId, error);
            return;
        }

        await using (output)
            await api.RespondAsync(context.AwsRequestId, output);
    }
}
