using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>A network to launch into asked for, made or refused.</summary>
public sealed class DefaultVpcMade : IDetection
{
    private static readonly Attempt Weight = new(Success: 6, DryRun: 5, Denied: 5, Failed: 5);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.default-vpc-made",
        Title = "Default VPC or subnet asked for",
        Category = SignalCategory.PermissionProbing,
        Techniques = [Techniques.CloudInfrastructureDiscovery],
        Selectors = [Selector.Writes(EventSources.Ec2, "CreateDefaultVpc", "CreateDefaultSubnet")],
        Why = "Scripts of miners make sure of a network in every region before they launch. Whoever builds a network of their own asks for "
            + "none by default.",
        BenignCauses = ["Somebody trying something out in an account whose default network was deleted"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var what = record.EventName == "CreateDefaultVpc" ? "a default VPC" : "a default subnet";
        return record.Outcome is CallOutcome.Failed("Client.RequestLimitExceeded")
            ? null
            : Weight.Finding(record, "made", "make", what)?.With("eventName", record.EventName);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a network made", EventSources.Ec2, "CreateDefaultVpc", """{"CreateDefaultVpcRequest":{}}"""),
        DetectionExample.Match("a network that is there", EventSources.Ec2, "CreateDefaultVpc", """{"CreateDefaultVpcRequest":{}}""", "Client.DefaultVpcAlreadyExists"),
        DetectionExample.Match("a refused attempt", EventSources.Ec2, "CreateDefaultSubnet",
            """{"CreateDefaultSubnetRequest":{"AvailabilityZone":"us-east-1a"}}""", "Client.UnauthorizedOperation"),
        DetectionExample.Ignore("throttling", EventSources.Ec2, "CreateDefaultVpc", errorCode: "Client.RequestLimitExceeded"),
    ];
}
