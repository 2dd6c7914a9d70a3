using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>The start-up script of an instance replaced.</summary>
public sealed class UserDataChanged : IDetection
{
    private const string UserData = "userData";

    // Dry runs belong to ec2.launch-dry-run.
    private static readonly Attempt Weight = Attempt.Third(8) with { DryRun = 0 };

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.user-data-changed",
        Title = "Start-up script of an instance changed",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.ModifyComputeConfigurations],
        Selectors = [Selector.Writes(EventSources.Ec2, "ModifyInstanceAttribute")],
        Why = "Stopped, given another script and started, an instance runs the attacker's commands as root, with its role, and at every start from then on.",
        BenignCauses = ["Infrastructure as code that changes user data in place", "An administrator repairing an instance that does not start"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        // As with all attributes, there are two shapes; the script itself is redacted in both.
        if (!record.Request[UserData].IsPresent && record.Request["attribute"].Text != UserData)
            return null;
        var instance = record.Request["instanceId"].Text;
        return Weight.Finding(record, "changed", "change", $"the start-up script of the instance {Plain.Name(instance)}")?.With("instanceId", instance);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("another script", EventSources.Ec2, "ModifyInstanceAttribute",
            """{"instanceId":"i-0a1b2c3d4e5f60718","userData":"<sensitiveDataRemoved>"}"""),
        DetectionExample.Match("the attribute given by name", EventSources.Ec2, "ModifyInstanceAttribute",
            """{"instanceId":"i-0a1b2c3d4e5f60718","attribute":"userData","value":"<sensitiveDataRemoved>"}"""),
        DetectionExample.Match("an instance that still runs", EventSources.Ec2, "ModifyInstanceAttribute",
            """{"instanceId":"i-0a1b2c3d4e5f60718","userData":"<sensitiveDataRemoved>"}""", "Client.IncorrectInstanceState"),
        DetectionExample.Match("a refused attempt", EventSources.Ec2, "ModifyInstanceAttribute",
            """{"instanceId":"i-0a1b2c3d4e5f60718","userData":"<sensitiveDataRemoved>"}""", "Client.UnauthorizedOperation"),
        DetectionExample.Ignore("another type", EventSources.Ec2, "ModifyInstanceAttribute",
            """{"instanceId":"i-0a1b2c3d4e5f60718","instanceType":{"value":"m6i.large"}}"""),
        DetectionExample.Ignore("another attribute given by name", EventSources.Ec2, "ModifyInstanceAttribute",
            """{"instanceId":"i-0a1b2c3d4e5f60718","attribute":"ebsOptimized","value":"<sensitiveDataRemoved>"}"""),
    ];
}
