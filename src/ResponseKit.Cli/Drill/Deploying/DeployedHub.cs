using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ResponseKit.Cli.Drill.Estate;
using ResponseKit.Cli.Drill.Output;
using ResponseKit.Emulator;
using ResponseKit.Emulator.Deployed;

namespace ResponseKit.Cli.Drill.Deploying;

/// <summary>ResponseKit, deployed into the emulated account by the CDK command line.</summary>
/// <param name="StateMachine">The ARN of the state machine that carries responses through.</param>
/// <param name="LeftOut">What the emulated CloudFormation could not make.</param>
internal sealed record DeployedHub(string StateMachine, ImmutableArray<LeftOutResource> LeftOut)
{
    // CDK's bootstrap resources in an emulator; real accounts have another qualifier, so that nothing can be mistaken for theirs.
    private const string Qualifier = "localhost";
    private const string MachineOutput = "StateMachine";

    /// <summary>Bootstraps the regions and deploys.</summary>
    /// <exception cref="DeploymentFailedException">One of the two failed.</exception>
    public static async Task<DeployedHub> MakeAsync(EmulatorProcess emulator, DrillOptions options, Timeline timeline, CancellationToken cancellationToken)
    {
        var home = options.Size.Regions[0];
        var folder = CdkCommand.FindFolder(Directory.GetCurrentDirectory());
        var cdk = new CdkCommand(folder, emulator.Address, home);
        var work = Directory.CreateTempSubdirectory("responsekit-drill-").FullName;
        try
        {
            timeline.Drill($"runs cdk bootstrap in {string.Join(", ", options.Size.Regions)}");
            await cdk.RunAsync(["bootstrap", .. options.Size.Regions.Select(region => $"aws://{DrillAccount.Id}/{region}"), "--qualifier", Qualifier], work, cancellationToken);
            timeline.Drill("runs cdk deploy, which builds and publishes the functions first");
            var policy = Path.Combine(work, "responsekit.json");
            var outputs = Path.Combine(work, "outputs.json");
            await File.WriteAllTextAsync(policy, Policy(), cancellationToken);
            await cdk.RunAsync(
                [
                    "deploy", "--all", "--method=direct", "--require-approval", "never", "--outputs-file", outputs, "--output", Path.Combine(work, "cdk.out"),
                    "-c", "scope=account", "-c", $"mode={options.Mode.ToString().ToLower(CultureInfo.InvariantCulture)}", "-c", $"regions={string.Join(',', options.Size.Regions)}",
                    "-c", $"policy={policy}", "-c", "reads=on", "-c", $"@aws-cdk/core:bootstrapQualifier={Qualifier}",
                ],
                folder,
                cancellationToken);
            return new DeployedHub(
                MachineOf(await File.ReadAllTextAsync(outputs, cancellationToken)), await emulator.Control.LeftOutAsync(DrillAccount.Id, cancellationToken));
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    // As the drill in this process has it: see DrillResponder.
    private static string Policy() => new JsonObject
    {
        ["mode"] = "observe",
        ["guards"] = new JsonObject
        {
            ["responders"] = new JsonArray(ForensicHold.RoleArn),
            ["maxInstancesPerIncident"] = 100_000,
            ["maxResourcesPerIncident"] = 100_000,
        },
    }.ToJsonString();

    private static string MachineOf(string outputs)
    {
        using var document = JsonDocument.Parse(outputs);
        foreach (var stack in document.RootElement.EnumerateObject())
        {
            if (stack.Value.TryGetProperty(MachineOutput, out var arn))
                return arn.GetString()!;
        }

        throw new DeploymentFailedException($"No deployed stack has the output {MachineOutput}.");
    }
}
