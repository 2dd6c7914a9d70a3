using Amazon.Lambda.RuntimeSupport;

namespace ResponseKit.Functions.Hosting;

/// <summary>Where Lambda starts every function.</summary>
internal static class Program
{
    private static async Task<int> Main()
    {
#pragma warning disable RS0030 // This is the composition root: settings are read here and nowhere else.
        var host = new FunctionHost(Environment.GetEnvironmentVariable);
#pragma warning restore RS0030
        using var bootstrap = LambdaBootstrapBuilder.Create(host.HandleAsync).UseBootstrapHandler(host.InitializeAsync).Build();
        try
        {
            await bootstrap.RunAsync();
            return 0;
        }
        catch (FunctionSettingsException)
        {
            // The runtime has reported it.
            return 1;
        }
    }
}
