using Amazon.EC2.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Ec2;

/// <summary>Ends instances that are proven to be the actor's, with evidence of each, and looks whether they went.</summary>
internal static class InstanceEnding
{
    private static readonly TimeSpan ForReadBack = TimeSpan.FromMinutes(1);

    /// <summary>Terminates instances, however they are protected, and reports those that are still there a minute later.</summary>
    /// <param name="run">The run.</param>
    /// <param name="running">The instances.</param>
    /// <param name="proof">What proves of each that it is the actor's, for the receipt.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task EndAsync(
        ActionRun run, IReadOnlyCollection<Instance> running, Func<Instance, string> proof, CancellationToken cancellationToken)
    {
        if (running.Count == 0)
            return;
        if (!run.Changes)
        {
            // Applying finds out by being refused, which costs nothing where nothing is protected. A plan has to look.
            var protections = await InstanceProtection.ReadAsync(run, running.Select(instance => instance.InstanceId), cancellationToken);
            await InstanceProtection.ReleaseAsync(run, protections, cancellationToken);
        }

        var evidence = await InstanceEvidence.ReadAsync(run, running, cancellationToken);
        var targets = running.Select(instance => (Instance: instance, Step: Proven(instance, proof(instance)) with { Before = evidence[instance.InstanceId] })).ToList();
        await run.AnnounceAsync(targets.Select(target => target.Step), cancellationToken);
        var accepted = await new Terminator(run).TerminateAsync(targets, cancellationToken);
        await ConfirmAsync(run, accepted, cancellationToken);
    }

    /// <summary>The step that ends an instance.</summary>
    public static Step Step(Instance instance)
    {
        var kind = instance.InstanceType is null ? "" : $", {instance.InstanceType} in {instance.Placement?.AvailabilityZone}";
        var group = Instances.TagOf(instance, "aws:autoscaling:groupName") is { } name ? $", of Auto Scaling group {name}" : "";
        var summary = $"Terminate instance {instance.InstanceId}{kind}{group}";
        return new($"terminate/{instance.InstanceId}", "ec2:TerminateInstances", instance.InstanceId, summary)
        {
            MeansInPlace = ["InvalidInstanceID.NotFound"],
        };
    }

    /// <summary>Records that an instance is still there.</summary>
    public static void StillThere(ActionRun run, Instance instance) =>
        run.Broken(Step(instance), "StillThere", $"instance {instance.InstanceId} is {instance.State?.Name}");

    private static async Task ConfirmAsync(ActionRun run, IReadOnlyList<string> accepted, CancellationToken cancellationToken)
    {
        IReadOnlyList<Instance> left = [];
        var gone = await run.UntilAsync(
            async token =>
            {
                if (await Instances.ReadAsync(run, accepted, token) is not { } instances)
                    return false;
                left = [.. instances.Values.Where(instance => !Instances.IsEnding(instance))];
                return left.Count == 0;
            },
            ForReadBack,
            cancellationToken);
        foreach (var instance in gone ? [] : left)
            run.Broken(Step(instance), "StillThere", $"AWS accepted the termination, but the instance is still {instance.State?.Name} a minute later");
    }

    private static Step Proven(Instance instance, string proof)
    {
        var step = Step(instance);
        return step with { Summary = $"{step.Summary}; {proof}" };
    }
}
