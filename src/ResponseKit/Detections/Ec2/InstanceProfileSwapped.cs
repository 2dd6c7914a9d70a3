using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>Another role given to an instance that runs.</summary>
public sealed class InstanceProfileSwapped : IDetection
{
    private static readonly Attempt Weight = new(Success: 8, DryRun: 2, Denied: 2);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.instance-profile-swapped",
        Title = "Instance profile of an instance set or replaced",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.AdditionalCloudRoles, Techniques.ModifyComputeConfigurations],
        Selectors = [Selector.Writes(EventSources.Ec2, "AssociateIamInstanceProfile", "ReplaceIamInstanceProfileAssociation")],
        Why = "From an instance under their hand, attackers get the credentials of any role that they may pass to it: of an administrator, say.",
        BenignCauses =
        [
            "Systems Manager, whose automations attach a profile so that instances can be managed", "AWS Backup restoring an instance",
            "An administrator repairing an instance without a role", "Infrastructure as code",
        ],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var request = record.Request.Any(record.EventName + "Request");
        if (!request.IsPresent)
            request = record.Request;
        var profile = request.Any("iamInstanceProfile");
        var name = profile.Any("name").Text ?? profile.Any("arn").Text;
        return Weight.Finding(record, "gave", "give", $"an instance the instance profile {Plain.Name(name)}")
            ?.With("iamInstanceProfile", name)
            .With("instanceId", request.Any("instanceId").Text)
            .With("associationId", request.Any("associationId").Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a profile given to an instance", EventSources.Ec2, "AssociateIamInstanceProfile",
            """{"AssociateIamInstanceProfileRequest":{"IamInstanceProfile":{"Name":"admin"},"InstanceId":"i-0a1b2c3d4e5f60718"}}"""),
        DetectionExample.Match("a profile replaced", EventSources.Ec2, "ReplaceIamInstanceProfileAssociation",
            """
            {"ReplaceIamInstanceProfileAssociationRequest":{"AssociationId":"iip-assoc-0a1b2c3d4e5f60718",
            "IamInstanceProfile":{"Arn":"arn:aws:iam::111122223333:instance-profile/admin"}}}
            """),
        DetectionExample.Match("parameters that are not nested", EventSources.Ec2, "AssociateIamInstanceProfile",
            """{"iamInstanceProfile":{"name":"admin"},"instanceId":"i-0a1b2c3d4e5f60718"}"""),
        DetectionExample.Match("a refused attempt", EventSources.Ec2, "AssociateIamInstanceProfile",
            """{"AssociateIamInstanceProfileRequest":{"IamInstanceProfile":{"Name":"admin"},"InstanceId":"i-0a1b2c3d4e5f60718"}}""",
            "Client.UnauthorizedOperation"),
        DetectionExample.Ignore("an instance that has a profile already", EventSources.Ec2, "AssociateIamInstanceProfile",
            """{"AssociateIamInstanceProfileRequest":{"IamInstanceProfile":{"Name":"ssm"},"InstanceId":"i-0a1b2c3d4e5f60718"}}""",
            "Client.IncorrectState"),
    ];
}
