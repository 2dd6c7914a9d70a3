using System.Collections.Immutable;
using ResponseKit.Cli.Drill.Attack;
using ResponseKit.Cli.Drill.Checks;
using ResponseKit.Cli.Drill.Estate;
using ResponseKit.Cli.Drill.Output;
using ResponseKit.Cli.Drill.Responding;
using ResponseKit.Cli.Reports;
using ResponseKit.Emulator;
using ResponseKit.Policy;

namespace ResponseKit.Cli.Drill;

/// <summary>One drill from the empty account to the proof.</summary>
internal sealed class DrillRunner(DrillOptions options, EmulatorProcess emulator, Timeline timeline, TimeProvider time)
{
    private static readonly TimeSpan ResponseLimit = TimeSpan.FromMinutes(25);
    private readonly string home = options.Size.Regions[0];

    public async Task<DrillResult> RunAsync(CancellationToken cancellationToken)
    {
        using var account = new DrillAccount(emulator.Address);
        var estate = new InnocentEstate(account, home);
        var foothold = options.Scenario.NewFoothold();
        timeline.Drill("prepares an account with innocent workloads");
        await estate.SeedAsync(cancellationToken);
        var stolen = await foothold.SeedAsync(account, home, cancellationToken);
        await emulator.Control.EnforceAsync(true, DrillAccount.Id, cancellationToken);
        await using IDrillResponse responder = options.Deployed
            ? await DeployedResponder.SetUpAsync(account, emulator, options, timeline, time, cancellationToken)
            : await DrillResponder.SetUpAsync(account, home, options.Mode, timeline, time, cancellationToken);
        await responder.BeginAsync(emulator.Control, cancellationToken);
        await ForensicHold.PlaceAsync(account, home, estate.HeldInstance, cancellationToken);
        var before = await EstateSnapshot.TakeAsync(account, home, estate.Instances, cancellationToken);

        timeline.Begin();
        var attack = await AttackAsync(account, foothold, stolen, cancellationToken);
        await RespondAsync(responder, attack, cancellationToken);
        var checks = await ProveAsync(account, attack, estate, foothold, before, responder, cancellationToken);
        if (options.Keep && responder is DrillResponder inProcess)
            await Remains(inProcess, attack).SaveAsync(DrillState.DefaultFile, cancellationToken);
        if (options.Report is { } folder && responder is DrillResponder { } reporting && await reporting.DossierAsync(cancellationToken) is { } dossier)
            timeline.Drill($"writes the report to {await ReportFolder.WriteAsync(folder, dossier, cancellationToken)}");
        return new DrillResult
        {
            Scenario = options.Scenario.Id,
            Mode = options.Mode.ToString().ToLowerInvariant(),
            Checks = checks,
            Timeline = timeline.Events,
            Calls = await OwnCalls.CountAsync(emulator.Control, cancellationToken),
            Seconds = timeline.Elapsed.TotalSeconds,
            Incident = responder.Incident,
            NotEmulated = responder.NotEmulated,
            Emulator = options.Keep ? emulator.Address.ToString() : null,
            EmulatorProcess = options.Keep ? emulator.ProcessId : null,
        };
    }

    private async Task<AttackContext> AttackAsync(DrillAccount account, Foothold foothold, Amazon.Runtime.AWSCredentials stolen, CancellationToken cancellationToken)
    {
        timeline.Attacker($"has {foothold.What}");
        var loot = new Loot();
        loot.Credentials[$"the stolen credential ({foothold.What})"] = stolen;
        var context = new AttackContext(account, account.Enter(stolen), options.Size, loot, timeline, new Random(options.Size.Clusters));
        await SourceOf(stolen, cancellationToken);
        foreach (var (what, credentials) in await foothold.DeriveAsync(context.Stolen, home, cancellationToken))
            loot.Credentials[what] = credentials;
        await Campaign.RunAsync(context, cancellationToken);
        return context;
    }

    private async Task SourceOf(Amazon.Runtime.AWSCredentials credentials, CancellationToken cancellationToken)
    {
        var key = await credentials.GetCredentialsAsync();
        cancellationToken.ThrowIfCancellationRequested();
        await emulator.Control.SetSourceAsync(key.AccessKey, "203.0.113.77", "python-requests/2.32", cancellationToken);
    }

    private async Task RespondAsync(IDrillResponse responder, AttackContext attack, CancellationToken cancellationToken)
    {
        timeline.Drill("CloudTrail delivers; the attacker goes on");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        over.CancelAfter(ResponseLimit);
        using var acting = CancellationTokenSource.CreateLinkedTokenSource(over.Token);
        var attacker = new Persistence(attack, time).RunAsync(acting.Token);
        var delivery = responder.DeliverAsync(over.Token);
        if (options.Mode != ResponseMode.Enforce)
            acting.CancelAfter(TimeSpan.FromSeconds(3));
        await attacker;
        await responder.FinishAsync(over.Token);
        await delivery;
    }

    private async Task<ImmutableArray<DrillCheck>> ProveAsync(
        DrillAccount account, AttackContext attack, InnocentEstate estate, Foothold foothold, EstateSnapshot before, IDrillResponse responder, CancellationToken cancellationToken)
    {
        timeline.Drill("asks the account what is left");
        var endState = new EndState(account, options.Size, attack.Loot, estate, foothold, time);
        return options.Mode != ResponseMode.Enforce
            ? [.. await new RestraintChecks(emulator.Control, responder, attack.Loot).RunAsync(cancellationToken), .. await endState.InnocentAsync(before, cancellationToken)]
            : await endState.ContainedAsync(before, cancellationToken);
    }

    private DrillState Remains(DrillResponder responder, AttackContext attack)
    {
        var credentials = responder.Credentials.GetCredentials();
        return new DrillState(
            emulator.Address, emulator.ProcessId, responder.Incident, home, credentials.AccessKey, credentials.SecretKey,
            [.. attack.Loot.Resources.Select(resource => resource.ToArn())], DrillState.Keep(responder.Receipts.All));
    }
}
