using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ResponseKit.Cli.Drill.Estate;
using ResponseKit.Cli.Drill.Output;
using ResponseKit.Emulator;
using ResponseKit.Emulator.Deployed;

namespace ResponseKit.Cli.Drill.Deploying;

/// <summary>ResponseKit, deployed into the drill's account.</summary>
/// <param name="StateMachine">The ARN of the state machine that carries responses through.</param>
/// <param name="Table">The name of the table of incidents and receipts.</param>
/// <param name="LeftOut">What the emulated CloudFormation could not make.</param>
internal sealed record DeployedHub(string StateMachine, string Table, ImmutableArray<LeftOutResource> LeftOut)
{
    /// <summary>Bootstraps the regions and deploys.</summary>
    /// <exception cref="DeploymentFailedException">One of the two failed.</exception>
    public static async Task<DeployedHub> MakeAsync(EmulatorProcess emulator, DrillOptions options, Timeline timeline, CancellationToken cancellationToken)
    {
        var cdk = new CdkCommand(CdkCommand.FindFolder(Directory.GetCurrentDirectory()), emulator.Address, DrillAccount.Id, options.Size.Regions[0]);
        using var deployment = new EmulatedDeployment(
            cdk, DrillAccount.Id, new DeploymentPlan { Regions = options.Size.Regions, Mode = options.Mode, Reads = true, Policy = Policy(options.Size.Regions[0]) });
        timeline.Drill($"runs cdk bootstrap in {string.Join(", ", options.Size.Regions)}");
        await deployment.BootstrapAsync(cancellationToken);
        timeline.Drill("runs cdk deploy, which builds and publishes the functions first");
        await deployment.DeployAsync(cancellationToken);
        var outputs = await deployment.OutputsAsync(cancellationToken);
        return new DeployedHub(outputs["StateMachine"], outputs["Table"], await emulator.Control.LeftOutAsync(DrillAccount.Id, cancellationToken));
    }

    // As the drill in this process has it: see DrillResponder.
    private static string Policy(string region) => new JsonObject
    {
        ["mode"] = "observe",
        ["guards"] = new JsonObject
        {
            ["responders"] = new JsonArray(ForensicHold.RoleArn),
            ["deployers"] = new JsonArray($"arn:aws:iam::{DrillAccount.Id}:role/cdk-{EmulatedDeployment.Qualifier}-deploy-role-{DrillAccount.Id}-{region}"),
            ["maxInstancesPerIncident"] = 100_000,
            ["maxResourcesPerIncident"] = 100_000,
        },
    }.ToJsonString();
}
