using System.Collections.Immutable;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>
/// A machine image shared with everyone, or with an account that the policy does not know. Images are made to be shared, so that one for an
/// account is no grave act: a golden image goes to many.
/// </summary>
public sealed class ImageShared : IConfiguredDetection
{
    private const int EveryoneWeight = 30;
    private const int AccountWeight = 8;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.image-shared",
        Title = "Machine image shared outside",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.TransferToCloudAccount],
        Selectors = [Selector.Writes(EventSources.Ec2, "ModifyImageAttribute")],
        Why = "An image made of a running server takes its disks, and the keys on them, into an account of the intruder's.",
        BenignCauses = ["A golden image shared with the organization's other accounts", "A product's public image"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var shared = Outsiders.In(record.Request["launchPermission"]["add"].List, record.Account, settings);
        if (shared is null)
            return null;
        var image = record.Request["imageId"].Text;
        return Attempt.Third(shared.IsEveryone ? EveryoneWeight : AccountWeight)
            .Finding(record, "shared", "share", $"the machine image {Plain.Name(image)} with {shared}")
            ?.Doing(record, shared.IsEveryone ? DamageKind.Exfiltration : null)
            .With("imageId", image)
            .With("with", shared.ToString());
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("an image for another account", EventSources.Ec2, "ModifyImageAttribute",
            """{"imageId":"ami-0a1b2c3d","launchPermission":{"add":{"items":[{"userId":"444455556666"}]}},"attributeType":"launchPermission"}"""),
        DetectionExample.Match("an image for everyone", EventSources.Ec2, "ModifyImageAttribute",
            """{"imageId":"ami-0a1b2c3d","launchPermission":{"add":{"items":[{"group":"all"}]}}}"""),
        DetectionExample.Ignore("an image for the whole organization", EventSources.Ec2, "ModifyImageAttribute",
            """{"imageId":"ami-0a1b2c3d","launchPermission":{"add":{"items":[{"organizationArn":"arn:aws:organizations::111122223333:organization/o-1"}]}}}"""),
        DetectionExample.Ignore("another description", EventSources.Ec2, "ModifyImageAttribute",
            """{"imageId":"ami-0a1b2c3d","description":{"value":"web"}}"""),
    ];
}
