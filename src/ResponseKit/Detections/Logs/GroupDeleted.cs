using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Logs;

/// <summary>Logs deleted, or made to vanish within days.</summary>
public sealed class GroupDeleted : IDetection
{
    private const int Weight = 4;
    private const int AuditWeight = 15;
    private const int StreamWeight = 2;
    private const int RetentionWeight = 3;

    // The shortest retentions there are: 1, 3 and 5 days.
    private const int FewDays = 3;

    private static readonly string[] Audits = ["cloudtrail", "flowlog", "flow-log", "vpcflow", "audit", "guardduty"];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "logs.group-deleted",
        Title = "CloudWatch logs deleted or kept for days only",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DisableCloudLog],
        Selectors = [Selector.Writes(EventSources.Logs, "DeleteLogGroup", "DeleteLogStream", "PutRetentionPolicy")],
        Why = "What programs and trails have written tells responders what happened; some intruders tidy up behind themselves.",
        BenignCauses = ["Stacks being deleted with their logs", "Retention shortened to save money in a test account"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var group = record.Request["logGroupName"].Text ?? record.Request["logGroupIdentifier"].Text;
        var days = record.Request["retentionInDays"].Number;
        var isAudit = group is not null && Audits.Any(word => group.Contains(word, StringComparison.OrdinalIgnoreCase));
        var (weight, did, todo, what) = record.EventName switch
        {
            "DeleteLogGroup" => (isAudit ? AuditWeight : Weight, "deleted", "delete", ""),
            "DeleteLogStream" => (isAudit ? AuditWeight : StreamWeight, "deleted", "delete", "a stream of "),
            _ when days is > 0 and <= FewDays => (isAudit ? AuditWeight : RetentionWeight, "cut", "cut", $"to {days} days what is kept of "),
            _ => (0, "", "", ""),
        };
        return new Attempt(weight, Denied: weight / 3)
            .Finding(record, did, todo, what + (group is null ? "a CloudWatch log group" : $"the CloudWatch log group {Plain.Name(group)}"))
            ?.Doing(record, IsOfTrail(record, group) ? DamageKind.Blinding : null)
            .With("logGroupName", group)
            .With("logStreamName", record.Request["logStreamName"].Text);
    }

    // Networks and clusters take their logs with them when a stack is deleted; a trail's go with nothing.
    private static bool IsOfTrail(CloudTrailRecord record, string? group) =>
        record.EventName == "DeleteLogGroup" && group?.Contains("cloudtrail", StringComparison.OrdinalIgnoreCase) == true;

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a program's logs", EventSources.Logs, "DeleteLogGroup", """{"logGroupName":"/aws/lambda/worker"}"""),
        DetectionExample.Match("a trail's logs", EventSources.Logs, "DeleteLogGroup", """{"logGroupName":"aws-cloudtrail-logs-111122223333"}"""),
        DetectionExample.Match("a stream of a program's logs", EventSources.Logs, "DeleteLogStream", """{"logGroupName":"/aws/lambda/worker","logStreamName":"x"}"""),
        DetectionExample.Match("a trail's logs kept for a day", EventSources.Logs, "PutRetentionPolicy",
            """{"logGroupName":"aws-cloudtrail-logs-111122223333","retentionInDays":1}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Logs, "DeleteLogGroup", errorCode: "AccessDenied"),
        DetectionExample.Ignore("logs kept for a month", EventSources.Logs, "PutRetentionPolicy", """{"logGroupName":"/aws/lambda/worker","retentionInDays":30}"""),
        DetectionExample.Ignore("logs that do not exist", EventSources.Logs, "DeleteLogGroup", """{"logGroupName":"old"}""", "ResourceNotFoundException"),
    ];
}
