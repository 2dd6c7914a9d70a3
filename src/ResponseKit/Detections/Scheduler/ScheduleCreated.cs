using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Scheduler;

/// <summary>A schedule that makes compute, or changes identities, by itself. Schedules that call functions or queues are daily work.</summary>
public sealed class ScheduleCreated : IDetection
{
    private const string Universal = ":aws-sdk:";
    private const int MachineWeight = 20;
    private const int TaskWeight = 8;
    private static readonly string[] Machines =
        ["ec2:runinstances", "ec2:requestspot", "ec2:createfleet", "autoscaling:", "sagemaker:create", "batch:submitjob", "batch:create", "iam:create", "iam:attach", "iam:put", "iam:update"];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "scheduler.schedule-created",
        Title = "Schedule that makes compute or identities",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.EventTriggeredExecution, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Scheduler, "CreateSchedule", "UpdateSchedule")],
        Why = "A schedule calls any operation of AWS with a role of its own, again and again, long after the key that made it is gone.",
        BenignCauses = ["Test machines started every morning", "A nightly job on ECS"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var target = record.Request.Any("target");
        var arn = target.Any("arn").Text;
        var call = arn?.IndexOf(Universal, StringComparison.Ordinal) is >= 0 and var at ? arn[(at + Universal.Length)..] : null;
        var isTask = target.Any("ecsParameters").IsPresent || call?.StartsWith("ecs:runtask", StringComparison.OrdinalIgnoreCase) == true;
        var isMachine = call is not null && Array.Exists(Machines, start => call.StartsWith(start, StringComparison.OrdinalIgnoreCase));
        if (!isTask && !isMachine)
            return null;
        var name = record.Request.Any("name").Text;
        return Attempt.Third(isMachine ? MachineWeight : TaskWeight)
            .Finding(record, "scheduled", "schedule", $"{(isMachine ? Plain.Name(call) : "ECS tasks")} by the schedule {Plain.Name(name)}")
            ?.With("name", name)
            .With("target", arn);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("machines launched by a schedule", EventSources.Scheduler, "CreateSchedule",
            """{"name":"nightly","scheduleExpression":"rate(5 minutes)","target":{"arn":"arn:aws:scheduler:::aws-sdk:ec2:runInstances","roleArn":"arn:aws:iam::111122223333:role/s"}}"""),
        DetectionExample.Match("keys made by a schedule", EventSources.Scheduler, "UpdateSchedule",
            """{"name":"nightly","target":{"arn":"arn:aws:scheduler:::aws-sdk:iam:createAccessKey"}}"""),
        DetectionExample.Match("tasks by a schedule", EventSources.Scheduler, "CreateSchedule",
            """{"name":"nightly","target":{"arn":"arn:aws:ecs:us-east-1:111122223333:cluster/web","ecsParameters":{"taskCount":1}}}"""),
        DetectionExample.Ignore("a function by a schedule", EventSources.Scheduler, "CreateSchedule",
            """{"name":"nightly","target":{"arn":"arn:aws:lambda:us-east-1:111122223333:function:report"}}"""),
    ];
}
