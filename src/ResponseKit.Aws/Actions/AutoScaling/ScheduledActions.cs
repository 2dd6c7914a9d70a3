using System.Text.Json.Nodes;
using Amazon.AutoScaling.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;

namespace ResponseKit.Aws.Actions.AutoScaling;

/// <summary>Scheduled actions raise a group again, at a time of the attacker's choosing.</summary>
internal static class ScheduledActions
{
    /// <summary>What the keys of the steps begin with.</summary>
    public const string Prefix = "scheduled/";

    /// <summary>Deletes every scheduled action.</summary>
    public static async Task DeleteAsync(ActionRun run, CancellationToken cancellationToken)
    {
        foreach (var action in await Groups.ScheduledAsync(run, cancellationToken))
        {
            var name = action.ScheduledActionName;
            var step = Groups.Step(run, Prefix + name, "DeleteScheduledAction", $"Delete scheduled action {name}") with { Before = Describe(action) };
            var request = new DeleteScheduledActionRequest { AutoScalingGroupName = run.Target.Name, ScheduledActionName = name };
            await Groups.StepAsync(run, step, (client, token) => client.DeleteScheduledActionAsync(request, token), cancellationToken);
        }
    }

    /// <summary>All of a scheduled action that putting it back needs.</summary>
    public static JsonObject Describe(ScheduledUpdateGroupAction action) => new()
    {
        ["name"] = action.ScheduledActionName,
        ["start"] = action.StartTime,
        ["end"] = action.EndTime,
        ["recurrence"] = action.Recurrence,
        ["timeZone"] = action.TimeZone,
        ["min"] = action.MinSize,
        ["max"] = action.MaxSize,
        ["desired"] = action.DesiredCapacity,
    };

    /// <summary>Puts a scheduled action back, unless its only time has passed.</summary>
    public static async Task RevertAsync(ActionRun run, StepReceipt done, CancellationToken cancellationToken)
    {
        var start = (DateTime?)done.Before?["start"];
        var recurrence = (string?)done.Before?["recurrence"];
        var isPast = start <= run.Now.UtcDateTime;
        var ended = (DateTime?)done.Before?["end"] <= run.Now.UtcDateTime;
        if (ended || (isPast && recurrence is null))
        {
            run.LeaveAsIs(done, "Its time has passed.");
            return;
        }

        var request = new PutScheduledUpdateGroupActionRequest
        {
            AutoScalingGroupName = run.Target.Name,
            ScheduledActionName = (string?)done.Before?["name"],
            // A start in the past is refused; a recurring action does without.
            StartTime = isPast ? null : start,
            EndTime = (DateTime?)done.Before?["end"],
            Recurrence = recurrence,
            TimeZone = (string?)done.Before?["timeZone"],
            MinSize = (int?)done.Before?["min"],
            MaxSize = (int?)done.Before?["max"],
            DesiredCapacity = (int?)done.Before?["desired"],
        };
        var step = done.UndoneBy("autoscaling:PutScheduledUpdateGroupAction", $"Put scheduled action {request.ScheduledActionName} back");
        if ((await Groups.ScheduledAsync(run, cancellationToken)).FirstOrDefault(one => one.ScheduledActionName == request.ScheduledActionName) is { } there)
        {
            if (JsonNode.DeepEquals(Describe(there), done.Before))
                run.AlreadyInPlace(step);
            else
                run.Hold(done, $"Group {run.Target.Name} has another scheduled action {request.ScheduledActionName} by now, which stays. The former one stands in the receipt under before.");
            return;
        }

        await Groups.StepAsync(run, step, (client, token) => client.PutScheduledUpdateGroupActionAsync(request, token), cancellationToken);
    }
}
