using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.Scheduler;
using Amazon.Scheduler.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Scheduler;

/// <summary>
/// Disables a schedule that the actor made. It calls any operation of AWS by a role of its own, long after whoever made it is contained. It is not deleted: what it
/// calls is evidence.
/// </summary>
public sealed class DisableSchedule : IResponseAction
{
    private const string AnySchedule = "arn:{partition}:scheduler:{region}:{account}:schedule/*";
    private const string Key = "state";

    /// <inheritdoc/>
    public ActionDescriptor Descriptor { get; } = new()
    {
        Id = "scheduler.disable-schedule",
        Title = "Disable an EventBridge schedule",
        Summary = "Disables the schedule, so that it calls nothing more, and leaves everything else about it as it is. A schedule that was made before the record "
            + "says so is held for a person.",
        Target = ResourceKind.Schedule,
        Stage = ResponseStage.StopSpend,
        Triggers = [ActionTrigger.Created(ResourceKind.Schedule)],
        BlastRadius = "Until it is reverted the schedule calls nothing. Calls that fall due meanwhile are not made later.",
        Reversibility = new Reversibility.Reversible(),
        Options = [AuthorshipOptions.Since, AuthorshipOptions.Vouched],
        Permissions = new(Plan: [new("scheduler:GetSchedule", AnySchedule)], Apply: [.. Changing], Revert: [.. Changing]),
    };

    private static IEnumerable<Permission> Changing =>
    [
        new("scheduler:GetSchedule", AnySchedule),
        new("scheduler:UpdateSchedule", AnySchedule),
        new("iam:PassRole", "arn:{partition}:iam::{account}:role/*",
            "An update replaces the whole schedule, so it passes the role again by which the schedule calls its target, of any name.")
        { PassedTo = "scheduler.amazonaws.com" },
    ];

    /// <inheritdoc/>
    public async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (Claim.Of(run) is not { } claim || await FindAsync(run, cancellationToken) is not { } found)
            return;
        if (found is not [var schedule])
        {
            run.NotFound(Step(run), $"there is no schedule {run.Target.Name} in account {run.Request.Account}, region {run.Region}. Check group, name and region if you expected it.");
            return;
        }

        var origin = claim.OfTarget(Time.Of(schedule.CreationDate), "created");
        if (origin is not Origin.Theirs)
            run.Hold(Step(run), $"schedule {run.Target.Name}", origin, Holding.Vouch(run, Descriptor.Id));
        else if (schedule.State == ScheduleState.DISABLED)
            run.AlreadyInPlace(Step(run));
        else
            await run.StepAsync(
                Step(run) with { Before = ScheduleDefinition.Evidence(schedule), After = JsonValue.Create(ScheduleDefinition.Fingerprint(schedule)) },
                token => SetAsync(run, schedule, ScheduleState.DISABLED, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task VerifyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        // What was held as somebody else's ought to be as it was.
        if ((run.Earlier?.Steps ?? []).Any(step => step is { Key: Key, Outcome: StepOutcome.NeedsApproval }) || await FindAsync(run, cancellationToken) is not [var schedule])
            return;
        if (schedule.State == ScheduleState.DISABLED)
            run.AlreadyInPlace(Step(run));
        else
            run.Broken(Step(run), "Enabled", $"schedule {run.Target.Name} is {schedule.State}");
    }

    /// <inheritdoc/>
    public async Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        foreach (var step in receipt.Changes())
        {
            var found = await FindAsync(run, cancellationToken);
            if (found is [])
            {
                run.LeaveAsIs(step, $"Schedule {run.Target.Name} is gone.");
                continue;
            }

            var schedule = found?[0];
            var isTheSame = schedule is not null && step.After?.GetValue<string>() == ScheduleDefinition.Fingerprint(schedule);
            var present = schedule is null ? Present.Unread : Present.Of(
                isTheSame && schedule.State == ScheduleState.DISABLED, isTheSame && schedule.State == ScheduleState.ENABLED,
                $"Schedule {run.Target.Name} is {schedule.State} and no longer does what it did when it was disabled.");
            await run.UndoAsync(
                step, present, "scheduler:UpdateSchedule", $"Enable schedule {run.Target.Name}",
                token => SetAsync(run, schedule!, ScheduleState.ENABLED, token), cancellationToken);
        }
    }

    private static async Task<AmazonWebServiceResponse> SetAsync(ActionRun run, GetScheduleResponse schedule, ScheduleState state, CancellationToken cancellationToken) =>
        await run.Aws.Scheduler(run.Region).UpdateScheduleAsync(schedule.With(state, run.Now), cancellationToken);

    private static Task<IReadOnlyList<GetScheduleResponse>?> FindAsync(ActionRun run, CancellationToken cancellationToken)
    {
        // A schedule is named group/name; who names none means the default group, as the API does.
        var (group, name) = run.Target.Name.Split('/', 2) is [var first, var second] ? (first, second) : ("default", run.Target.Name);
        return run.ReadAsync<IReadOnlyList<GetScheduleResponse>>(
            "scheduler:GetSchedule", $"schedule {run.Target.Name}", [],
            async token => [await run.Aws.Scheduler(run.Region).GetScheduleAsync(new() { GroupName = group, Name = name }, token)], cancellationToken);
    }

    private static Step Step(ActionRun run) => new(Key, "scheduler:UpdateSchedule", $"schedule {run.Target.Name}", $"Disable schedule {run.Target.Name}");
}
