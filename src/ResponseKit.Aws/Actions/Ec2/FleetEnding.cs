using Amazon.EC2.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Ec2;

/// <summary>
/// Ends a fleet of the actor's and what it launched. First the fleet, so that it replaces nothing; then each instance by its id, but for those that are kept as
/// evidence. That needs neither a role of the fleet's nor that its instances are without protection, which both would stand in the way of deleting all at once.
/// </summary>
/// <param name="kind">Of which kind the fleet is.</param>
/// <param name="action">The action's id.</param>
internal sealed class FleetEnding(IFleetKind kind, string action)
{
    private const string FleetPrefix = "fleet/";
    private const string KeptPrefix = "kept/";

    /// <summary>Applies or plans.</summary>
    public async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (Claim.Of(run) is not { } claim || await kind.FindAsync(run, cancellationToken) is not { } found)
            return;
        if (found is not [var fleet])
        {
            run.NotFound(Step(run.Target.Name), NotThere(run));
            return;
        }

        var origin = claim.OfTarget(fleet.Created, "created");
        if (origin is not Origin.Theirs)
        {
            run.Hold(Step(fleet.Id), $"{kind.Name} {fleet.Id}", origin, Holding.Vouch(run, action));
            return;
        }

        var launched = await kind.LaunchedAsync(run, fleet, cancellationToken);
        if (!fleet.TakesInstances)
        {
            await StopAsync(run, fleet, cancellationToken);
            // What was being launched at that moment is there by now. In a plan nothing has changed.
            if (run.Changes && await kind.LaunchedAsync(run, fleet, cancellationToken) is { } later)
                launched = [.. later.Concat(launched ?? []).Distinct(StringComparer.Ordinal)];
        }

        if (launched is null || await Instances.ReadAsync(run, launched, cancellationToken) is not { } instances)
            return;
        var running = instances.Values.Where(IsRunning).ToList();
        var kept = await HeldInstances.FindAsync(run, running.Select(instance => instance.InstanceId), cancellationToken);
        foreach (var (id, why) in kept.OrderBy(each => each.Key, StringComparer.Ordinal))
            Keep(run, id, $"Instance {id} of {kind.Name} {fleet.Id} is kept as evidence: {why}. It runs on; close its network if nobody has done so.");
        var proof = $"{kind.Name} {fleet.Id} launched it: {origin.Evidence}";
        await InstanceEnding.EndAsync(run, [.. running.Where(instance => !kept.ContainsKey(instance.InstanceId))], _ => proof, cancellationToken);
        if (!fleet.TakesInstances)
            return;
        if (kept.Count == 0)
            await StopAsync(run, fleet, cancellationToken);
        else
            run.NeedsApproval(Step(fleet.Id), $"{kind.Name} {fleet.Id} stays, because deleting it would end what is kept as evidence. It launches nothing more by itself.");
    }

    /// <summary>Reports the fleet, and what it launched, that is still there. What is kept as evidence, or was held as not the actor's, ought to be.</summary>
    public async Task VerifyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (await kind.FindAsync(run, cancellationToken) is not [var fleet])
            return;
        var waiting = (run.Earlier?.Steps ?? []).Where(step => step.Outcome is StepOutcome.NeedsApproval).Select(step => step.Key).ToHashSet(StringComparer.Ordinal);
        var isKept = waiting.Contains(FleetPrefix + fleet.Id);
        if (isKept && !fleet.TakesInstances)
            return;
        if (!isKept && !fleet.HasEnded)
            run.Broken(Step(fleet.Id), "StillThere", $"{kind.Name} {fleet.Id} may still launch instances");
        if (await kind.LaunchedAsync(run, fleet, cancellationToken) is not { } launched || await Instances.ReadAsync(run, launched, cancellationToken) is not { } instances)
            return;
        foreach (var instance in instances.Values.Where(instance => IsRunning(instance) && !waiting.Contains(KeptPrefix + instance.InstanceId)))
            InstanceEnding.StillThere(run, instance);
    }

    /// <summary>Says that nothing comes back.</summary>
    public static void Revert(ActionRun run, ActionReceipt receipt)
    {
        foreach (var step in receipt.Changes())
        {
            run.LeaveAsIs(step, step.Key.StartsWith(FleetPrefix, StringComparison.Ordinal)
                ? "A deleted fleet cannot be brought back. If it was needed, make it anew by hand as the receipt describes it."
                : "Terminated instances cannot be brought back. If one was needed, launch it anew by hand as the receipt describes it.");
        }
    }

    private static bool IsRunning(Instance instance) => !Instances.IsEnding(instance) && !Instances.IsManaged(instance);

    private async Task StopAsync(ActionRun run, FoundFleet fleet, CancellationToken cancellationToken)
    {
        if (fleet.HasEnded)
            run.AlreadyInPlace(Step(fleet.Id));
        else
            await run.StepAsync(Step(fleet.Id) with { Before = fleet.Evidence }, token => kind.EndAsync(run, fleet, token), cancellationToken);
    }

    private static void Keep(ActionRun run, string id, string reason) =>
        run.NeedsApproval(new Step(KeptPrefix + id, "ec2:TerminateInstances", id, $"Terminate instance {id}"), reason);

    private string NotThere(ActionRun run) =>
        $"there is no {kind.Name} {run.Target.Name} in account {run.Request.Account}, region {run.Region}. Check id and region if you expected it.";

    private Step Step(string id) =>
        new(FleetPrefix + id, kind.EndCall, id, $"End {kind.Name} {id}, so that it launches nothing more") { MeansInPlace = kind.MeansGone };
}
