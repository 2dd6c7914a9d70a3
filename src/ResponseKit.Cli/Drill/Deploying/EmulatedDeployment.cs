using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ResponseKit.Deployment;

namespace ResponseKit.Cli.Drill.Deploying;

/// <summary>ResponseKit in an account of the emulated AWS, put there by the CDK command line. What that writes meanwhile goes when this is disposed.</summary>
/// <param name="cdk">The command line.</param>
/// <param name="account">The account.</param>
/// <param name="plan">What is deployed.</param>
internal sealed class EmulatedDeployment(CdkCommand cdk, string account, DeploymentPlan plan) : IDisposable
{
    /// <summary>What CDK's bootstrap resources have in their names in an emulator; real accounts have another, so that nothing can be mistaken for theirs.</summary>
    public const string Qualifier = "localhost";
    private readonly string work = Directory.CreateTempSubdirectory("responsekit-deploy-").FullName;

    /// <summary>The folder that templates and packages are written to before they are deployed.</summary>
    public string Assembly => Path.Combine(work, "cdk.out");

    /// <summary>Makes what CDK deploys by: once for an account and region.</summary>
    /// <exception cref="DeploymentFailedException">It failed.</exception>
    public Task BootstrapAsync(CancellationToken cancellationToken) => cdk.RunAsync(
        ["bootstrap", .. plan.Regions.Select(region => $"aws://{account}/{region}"), "--qualifier", Qualifier], work, cancellationToken);

    /// <summary>Builds, publishes and deploys, as the README has it.</summary>
    /// <exception cref="DeploymentFailedException">It failed.</exception>
    /// <returns>What CDK said.</returns>
    public async Task<string> DeployAsync(CancellationToken cancellationToken)
    {
        if (plan.Policy is not null)
            await File.WriteAllTextAsync(PolicyFile, plan.Policy, cancellationToken);
        return await cdk.RunAsync(
            [
                "deploy", "--all", "--method=direct", "--require-approval", "never", "--concurrency", $"{plan.Regions.Length}", "--outputs-file", OutputsFile, "--output", Assembly,
                .. Context,
            ],
            cdk.Folder,
            cancellationToken);
    }

    /// <summary>Deploys once more what is built and published already.</summary>
    /// <exception cref="DeploymentFailedException">It failed.</exception>
    /// <returns>What CDK said.</returns>
    public Task<string> DeployAgainAsync(CancellationToken cancellationToken) => cdk.RunAsync(
        ["deploy", "--all", "--method=direct", "--require-approval", "never", "--build", "true", "--output", Assembly, .. Context], cdk.Folder, cancellationToken);

    /// <summary>Takes the protection against deletion off.</summary>
    /// <exception cref="DeploymentFailedException">It failed.</exception>
    public Task<string> UnprotectAsync(CancellationToken cancellationToken) => cdk.RunAsync(
        ["deploy", "--all", "--method=direct", "--require-approval", "never", "--build", "true", "--output", Assembly, "-c", "protection=off", .. Context], cdk.Folder, cancellationToken);

    /// <summary>Removes what was deployed; what holds data stays.</summary>
    /// <exception cref="DeploymentFailedException">It failed.</exception>
    public Task<string> DestroyAsync(CancellationToken cancellationToken) =>
        cdk.RunAsync(["destroy", "--all", "--force", "--app", Assembly], work, cancellationToken);

    /// <summary>The outputs of the stack in the home region, by name.</summary>
    /// <exception cref="DeploymentFailedException">There are none.</exception>
    public async Task<ImmutableDictionary<string, string>> OutputsAsync(CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(OutputsFile, cancellationToken));
        return document.RootElement.TryGetProperty(DeployedNames.Prefix, out var stack)
            ? stack.EnumerateObject().ToImmutableDictionary(output => output.Name, output => output.Value.GetString()!, StringComparer.Ordinal)
            : throw new DeploymentFailedException($"CDK told no outputs of a stack {DeployedNames.Prefix}. Told: {document.RootElement}");
    }

    public void Dispose() => Directory.Delete(work, recursive: true);

    private string PolicyFile => Path.Combine(work, "responsekit.json");

    private string OutputsFile => Path.Combine(work, "outputs.json");

    private ImmutableArray<string> Context =>
    [
        "-c", "scope=account", "-c", $"mode={plan.Mode.ToString().ToLower(CultureInfo.InvariantCulture)}", "-c", $"regions={string.Join(',', plan.Regions)}",
        "-c", $"reads={(plan.Reads ? "on" : "off")}", "-c", $"@aws-cdk/core:bootstrapQualifier={Qualifier}",
        .. plan.Policy is null ? ImmutableArray<string>.Empty : ["-c", $"policy={PolicyFile}"],
    ];
}
