using System.Text.Json.Nodes;
using Amazon.AutoScaling.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.AutoScaling;

/// <summary>
/// The processes of a group: those that launch or keep instances are suspended; Terminate is resumed if the attacker suspended it.
/// Source: Amazon EC2 Auto Scaling User Guide, "Suspend and resume Amazon EC2 Auto Scaling processes".
/// </summary>
internal static class GroupProcesses
{
    /// <summary>Key of the step that suspends.</summary>
    public const string SuspendKey = "processes/suspend";

    /// <summary>Key of the step that resumes Terminate.</summary>
    public const string TerminateKey = "processes/terminate";

    /// <summary>All that could bring an instance about. Never Terminate: without it nothing scales in.</summary>
    public static readonly IReadOnlyList<string> Harmful =
        ["Launch", "AZRebalance", "AlarmNotification", "ScheduledActions", "ReplaceUnhealthy", "InstanceRefresh", "HealthCheck"];

    private const string Terminate = "Terminate";

    /// <summary>The processes that could still bring an instance about.</summary>
    public static IReadOnlyList<string> Running(AutoScalingGroup group) => [.. Harmful.Except(Suspended(group))];

    /// <summary>Suspends what could bring an instance about.</summary>
    public static async Task SuspendAsync(ActionRun run, AutoScalingGroup group, CancellationToken cancellationToken)
    {
        var summary = $"Suspend {Join(Harmful)} of group {run.Target.Name}";
        var step = Groups.Step(run, SuspendKey, "SuspendProcesses", summary) with { Before = Before(group) };
        if (Running(group) is { Count: > 0 } running)
            await SuspendAsync(run, step, running, cancellationToken);
        else
            run.AlreadyInPlace(step);
    }

    /// <summary>Resumes Terminate where it is suspended.</summary>
    public static async Task ResumeTerminateAsync(ActionRun run, AutoScalingGroup group, CancellationToken cancellationToken)
    {
        if (!Suspended(group).Contains(Terminate))
            return;
        var summary = $"Resume Terminate of group {run.Target.Name}, without which it does not scale in";
        // Only what this step changes: the others may be suspended by now because an earlier run did it.
        var step = Groups.Step(run, TerminateKey, "ResumeProcesses", summary) with { Before = new JsonObject { ["suspended"] = new JsonArray(Terminate) } };
        await ResumeAsync(run, step, [Terminate], cancellationToken);
    }

    /// <summary>Resumes what <see cref="SuspendAsync(ActionRun, AutoScalingGroup, CancellationToken)"/> suspended.</summary>
    public static Task RevertSuspendAsync(ActionRun run, AutoScalingGroup group, StepReceipt done, CancellationToken cancellationToken)
    {
        var before = (done.Before?["suspended"] as JsonArray ?? []).Select(name => (string?)name);
        // Those that somebody has resumed since are as they were.
        string[] ours = [.. Harmful.Except(before).Intersect(Suspended(group))!];
        var step = done.UndoneBy("autoscaling:ResumeProcesses", $"Resume {(ours.Length == 0 ? "what was suspended" : Join(ours))} of group {run.Target.Name}");
        if (ours.Length > 0)
            return ResumeAsync(run, step, ours, cancellationToken);
        run.AlreadyInPlace(step);
        return Task.CompletedTask;
    }

    /// <summary>Suspends Terminate, which was so before.</summary>
    public static Task RevertTerminateAsync(ActionRun run, AutoScalingGroup group, StepReceipt done, CancellationToken cancellationToken)
    {
        var step = done.UndoneBy("autoscaling:SuspendProcesses", $"Suspend Terminate of group {run.Target.Name} again");
        if (!Suspended(group).Contains(Terminate))
            return SuspendAsync(run, step, [Terminate], cancellationToken);
        run.AlreadyInPlace(step);
        return Task.CompletedTask;
    }

    private static Task SuspendAsync(ActionRun run, Step step, IEnumerable<string> processes, CancellationToken cancellationToken)
    {
        var request = new SuspendProcessesRequest { AutoScalingGroupName = run.Target.Name, ScalingProcesses = [.. processes] };
        return Groups.StepAsync(run, step, (client, token) => client.SuspendProcessesAsync(request, token), cancellationToken);
    }

    private static Task ResumeAsync(ActionRun run, Step step, IEnumerable<string> processes, CancellationToken cancellationToken)
    {
        var request = new ResumeProcessesRequest { AutoScalingGroupName = run.Target.Name, ScalingProcesses = [.. processes] };
        return Groups.StepAsync(run, step, (client, token) => client.ResumeProcessesAsync(request, token), cancellationToken);
    }

    private static IEnumerable<string> Suspended(AutoScalingGroup group) =>
        (group.SuspendedProcesses ?? []).Select(process => process.ProcessName);

    private static JsonObject Before(AutoScalingGroup group) =>
        new() { ["suspended"] = new JsonArray([.. Suspended(group).Select(name => (JsonNode?)name)]) };

    private static string Join(IEnumerable<string> names) => string.Join(", ", names);
}
