using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>The record of a network's connections ended.</summary>
public sealed class FlowLogsDeleted : IDetection
{
    private static readonly Attempt Weight = new(Success: 15, DryRun: 5, Denied: 5);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.flow-logs-deleted",
        Title = "VPC flow logs deleted",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DisableCloudLog],
        Selectors = [Selector.Writes(EventSources.Ec2, "DeleteFlowLogs")],
        Why = "Flow logs show whom an instance talks to: mining pools, and where data goes.",
        BenignCauses = ["A network being removed with all that belongs to it", "Flow logs set up anew with another format or target"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var ids = record.Request["DeleteFlowLogsRequest"]["FlowLogId"].List.Take(1000).Select(id => id["content"].Text ?? id.Text).OfType<string>().ToList();
        return Weight.Finding(record, "deleted", "delete", $"the VPC flow logs {Plain.Names(ids)}")?.With("flowLogIds", ids.Count == 0 ? null : Plain.Names(ids));
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("one flow log", EventSources.Ec2, "DeleteFlowLogs",
            """{"DeleteFlowLogsRequest":{"FlowLogId":{"content":"fl-0a1b2c3d4e5f60718","tag":1}}}"""),
        DetectionExample.Match("several flow logs", EventSources.Ec2, "DeleteFlowLogs",
            """{"DeleteFlowLogsRequest":{"FlowLogId":[{"content":"fl-0a1b2c3d4e5f60718","tag":1},{"content":"fl-0a1b2c3d4e5f60719","tag":2}]}}"""),
        DetectionExample.Match("a refused attempt", EventSources.Ec2, "DeleteFlowLogs",
            """{"DeleteFlowLogsRequest":{"FlowLogId":{"content":"fl-0a1b2c3d4e5f60718","tag":1}}}""", "Client.UnauthorizedOperation"),
        DetectionExample.Ignore("a flow log that does not exist", EventSources.Ec2, "DeleteFlowLogs",
            """{"DeleteFlowLogsRequest":{"FlowLogId":{"content":"fl-0","tag":1}}}""", "Client.InvalidFlowLogId.NotFound"),
    ];
}
