using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>A key pair made or brought along, with which to enter instances that are launched with it.</summary>
public sealed class KeyPairCreated : IDetection
{
    // Dry runs belong to ec2.launch-dry-run.
    private static readonly Attempt Weight = new(Success: 3, Denied: 1);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.key-pair-created",
        Title = "EC2 key pair created or imported",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.AdditionalCloudCredentials],
        Selectors = [Selector.Writes(EventSources.Ec2, "CreateKeyPair", "ImportKeyPair")],
        Why = "Before they launch, attackers make a key pair so that they can enter the instances; it outlives the stolen access key.",
        BenignCauses = ["Packer, which makes one for every image it builds", "A person launching the first instance in the console", "Infrastructure as code"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var name = record.Request["keyName"].Text;
        return Weight.Finding(record, "created", "create", name is null ? "an EC2 key pair" : $"the EC2 key pair {Plain.Name(name)}")?.With("keyName", name);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a new key pair", EventSources.Ec2, "CreateKeyPair", """{"keyName":"worker","keyType":"rsa","keyFormat":"pem"}"""),
        DetectionExample.Match("a key brought along", EventSources.Ec2, "ImportKeyPair", """{"keyName":"worker","publicKeyMaterial":"c3NoLXJzYQ=="}"""),
        DetectionExample.Match("a refused attempt", EventSources.Ec2, "CreateKeyPair", """{"keyName":"worker"}""", "Client.UnauthorizedOperation"),
        DetectionExample.Ignore("a name that is taken", EventSources.Ec2, "CreateKeyPair", """{"keyName":"worker"}""", "Client.InvalidKeyPair.Duplicate"),
        DetectionExample.Ignore("a dry run, of which another detection speaks", EventSources.Ec2, "CreateKeyPair", """{"keyName":"worker"}""", "Client.DryRunOperation"),
    ];
}
