using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>The account's limits read from EC2 itself, the older way than Service Quotas.</summary>
public sealed class LimitsRead : IDetection
{
    private static readonly Attempt Weight = new(Success: 3, Denied: 1);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.limits-read",
        Title = "EC2 limits of the account read",
        Category = SignalCategory.Recon,
        Techniques = [Techniques.CloudInfrastructureDiscovery],
        Selectors = [Selector.Reads(EventSources.Ec2, "DescribeAccountAttributes")],
        Why = "The attribute max-instances is the first thing that scripts for stolen keys ask, often in each region.",
        BenignCauses = ["The EC2 console's start page", "Terraform, Packer and other tools that look for the default network", "CSPM scanners"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record) => Delegation.IsByService(record)
        ? null
        : Weight.Finding(record, "read", "read", "EC2's limits of the account");

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("all attributes", EventSources.Ec2, "DescribeAccountAttributes", """{"accountAttributeNameSet":{},"filterSet":{}}"""),
        DetectionExample.Match("a refused attempt", EventSources.Ec2, "DescribeAccountAttributes", """{"accountAttributeNameSet":{}}""", "Client.UnauthorizedOperation"),
        DetectionExample.Ignore("a service that looks on the user's behalf", EventSources.Ec2, "DescribeAccountAttributes",
            """{"accountAttributeNameSet":{"items":[{"attributeName":"supported-platforms"}]}}""") with { InvokedBy = "elasticloadbalancing.amazonaws.com" },
        DetectionExample.Ignore("throttling", EventSources.Ec2, "DescribeAccountAttributes", """{"accountAttributeNameSet":{}}""", "Client.RequestLimitExceeded"),
    ];
}
