using System.Collections.Immutable;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using ResponseKit.Aws.Stores;
using ResponseKit.Cli.Drill.Deploying;
using ResponseKit.Cli.Drill.Output;
using ResponseKit.Emulator;
using ResponseKit.Emulator.Deployed;
using ResponseKit.Resources;

namespace ResponseKit.Cli.Drill.Responding;

/// <summary>
/// ResponseKit as it is deployed: EventBridge's rules hand records to triage, the state machine runs in the emulated Step Functions, and the functions run
/// as processes with their own roles. Nothing of it is called from here.
/// </summary>
internal sealed class DeployedResponder : IDrillResponse
{
    // The drill in this process pauses two seconds where the deployed state machine waits ten: in the emulated IAM every change counts at once.
    private const double WaitShare = 0.2;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    // Longer than the emulated EventBridge and Lambda take between a call, its event, and an attempt at it.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);
    private readonly DeployedHub deployment;
    private readonly DeployedFunctions functions;
    private readonly AmazonStepFunctionsClient machines;
    private readonly AmazonDynamoDBClient dynamo;
    private readonly Timeline timeline;
    private readonly TimeProvider time;
    private readonly Dictionary<string, string> told = new(StringComparer.Ordinal);

    private DeployedResponder(
        DeployedHub deployment, DeployedFunctions functions, AmazonStepFunctionsClient machines, AmazonDynamoDBClient dynamo, Timeline timeline, TimeProvider time)
    {
        this.dynamo = dynamo;
        this.deployment = deployment;
        this.functions = functions;
        this.machines = machines;
        this.timeline = timeline;
        this.time = time;
    }

    public string? Incident { get; private set; }

    public ImmutableArray<NotEmulated> NotEmulated => Deploying.NotEmulated.With(deployment.LeftOut);

    public static async Task<DeployedResponder> SetUpAsync(
        DrillAccount account, EmulatorProcess emulator, DrillOptions options, Timeline timeline, TimeProvider time, CancellationToken cancellationToken)
    {
        var made = await DeployedHub.MakeAsync(emulator, options, timeline, cancellationToken);
        await emulator.Control.ShortenWaitsAsync(WaitShare, DrillAccount.Id, cancellationToken);
        var running = await DeployedFunctions.RunAsync(emulator.Control, emulator.Address, DrillAccount.Id, cancellationToken);
        var (owner, home) = (new BasicAWSCredentials("AKIAROOT" + DrillAccount.Id, "drill"), options.Size.Regions[0]);
        var steps = new AmazonStepFunctionsClient(owner, account.Settings.For(new AmazonStepFunctionsConfig(), home));
        var table = new AmazonDynamoDBClient(owner, account.Settings.For(new AmazonDynamoDBConfig(), home));
        return new DeployedResponder(made, running, steps, table, timeline, time);
    }

    public Task BeginAsync(EmulatorControl control, CancellationToken cancellationToken) => control.LogAsync(true, DrillAccount.Id, cancellationToken);

    // EventBridge does.
    public Task DeliverAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (time.GetElapsedTime(since) < Quiet)
        {
            if (await IsRunningAsync(cancellationToken) || functions.Running > 0)
                since = time.GetTimestamp();
            await Task.Delay(Poll, time, cancellationToken);
        }
    }

    /// <summary>Reads it where the functions keep it: in the deployed table.</summary>
    public async Task<PlannedResponse> PlannedAsync(CancellationToken cancellationToken)
    {
        var ledger = new DynamoLedgerStore(new StoreTable(dynamo, deployment.Table));
        var targets = ImmutableHashSet.CreateBuilder<ResourceRef>();
        // An execution has the name of the response that it carries through.
        foreach (var response in told.Keys)
            targets.UnionWith((await ledger.OfAsync(response, cancellationToken)).Passes.SelectMany(pass => pass.Actions).SelectMany(action => action.Request.Targets));
        var broken = told.Where(execution => execution.Value != ExecutionStatus.SUCCEEDED.Value).Select(execution => $"execution {execution.Key}: {execution.Value}");
        return new PlannedResponse(targets.ToImmutable(), [.. broken, .. functions.Failures]);
    }

    public async ValueTask DisposeAsync()
    {
        dynamo.Dispose();
        machines.Dispose();
        await functions.DisposeAsync();
    }

    private async Task<bool> IsRunningAsync(CancellationToken cancellationToken)
    {
        var answer = await machines.ListExecutionsAsync(new ListExecutionsRequest { StateMachineArn = deployment.StateMachine }, cancellationToken);
        foreach (var execution in (answer.Executions ?? []).OrderBy(execution => execution.Name, StringComparer.Ordinal))
        {
            if (told.TryGetValue(execution.Name, out var known) && known == execution.Status.Value)
                continue;
            told[execution.Name] = execution.Status.Value;
            Incident ??= execution.Name;
            timeline.Responder($"state machine execution {execution.Name}: {execution.Status.Value}");
        }

        return told.ContainsValue(ExecutionStatus.RUNNING.Value);
    }
}
