using System.Text.Json;
using ResponseKit.Cli.Drill.Deploying;
using ResponseKit.Cli.Tests.Drill;

namespace ResponseKit.Deploy.Tests.Deployed;

/// <summary>
/// The deployed drill in both modes, one after the other since both publish into one folder, and beside the tests that look at <see cref="DeployedAccount"/>:
/// a drill has an emulated AWS of its own, and waits for much of its time.
/// </summary>
internal static class DrillRuns
{
    private static readonly Lazy<Task<JsonElement>> First = new(() => RunAsync());
    private static readonly Lazy<Task<JsonElement>> Second = new(async () =>
    {
        // Whether the first one came to its end is for its own test to say.
        await Task.WhenAny(First.Value);
        return await RunAsync("--mode", "observe");
    });

    /// <summary>Starts both, unless they run already.</summary>
    public static void Begin() => _ = Second.Value;

    /// <summary>What the drill says that lets what is deployed act.</summary>
    public static Task<JsonElement> EnforceAsync() => First.Value;

    /// <summary>What the drill says that lets it only observe.</summary>
    public static Task<JsonElement> ObserveAsync() => Second.Value;

    private static async Task<JsonElement> RunAsync(params string[] arguments)
    {
        // Until then the account's own deployment publishes. Whether that came to its end is for other tests to say.
        await Task.WhenAny(DeployedAccount.FindAsync());
        var (code, output, errors) = await CommandLine.RunAsync(
            CdkCommand.FindFolder(AppContext.BaseDirectory), ["drill", "--deployed", "--json", "--scale", "0.1", .. arguments]);
        Assert.True(code is 0 or 1, errors);
        return JsonElement.Parse(output);
    }
}
