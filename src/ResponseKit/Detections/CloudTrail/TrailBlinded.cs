using System.Collections.Immutable;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Detections.CloudTrail;

/// <summary>A trail that still runs, but no longer records what matters, or no longer where it is looked for.</summary>
public sealed class TrailBlinded : IDetection
{
    private const int BlindWeight = 55;
    private const int PartlyBlindWeight = 25;
    private const int MovedWeight = 15;
    private static readonly Attempt Unrecorded = new(Success: 0, Denied: 12);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "cloudtrail.trail-blinded",
        Title = "CloudTrail made to record less, or elsewhere",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DisableCloudLog],
        Selectors = [Selector.Writes(EventSources.CloudTrail, "PutEventSelectors", "UpdateTrail")],
        Why = "A trail without management events, or for one region only, still looks healthy in the console while an intruder works unseen.",
        BenignCauses = ["A second trail for data events only", "A trail moved to another bucket or key by its owners"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (!record.Request.IsPresent)
            return Unrecorded.Finding(record, "changed", "change", "what a CloudTrail trail records");
        var loss = record.EventName == "UpdateTrail" ? LossByUpdate(record.Request) : LossBySelectors(record.Request);
        if (loss is not var (weight, what))
            return null;
        var trail = record.Request["trailName"].Text ?? record.Request["name"].Text;
        var finding = Attempt.Third(weight).Finding(record, "changed", "change", $"the CloudTrail trail {Plain.Name(trail)} so that {what}");
        // Where its files go or what they are encrypted with, too: whoever reads them now finds nothing.
        return (finding is null ? null : finding with { Grave = true })
            ?.Doing(record, weight > MovedWeight ? DamageKind.Blinding : null)
            .With("trail", trail)
            .With("change", what)
            .Removing(record, ResourceKind.Trail, trail);
    }

    private static (int Weight, string What)? LossBySelectors(Field request) => EventSelections.Of(request) switch
    {
        EventSelection.None => (BlindWeight, "it records no management events"),
        EventSelection.ReadsOnly => (BlindWeight, "it records no changes, only reads"),
        _ => null,
    };

    private static (int Weight, string What)? LossByUpdate(Field request) =>
        request["isMultiRegionTrail"].Flag is false ? (PartlyBlindWeight, "it records one region only")
        : request["includeGlobalServiceEvents"].Flag is false ? (PartlyBlindWeight, "it leaves out IAM and other global services")
        : request["isOrganizationTrail"].Flag is false ? (PartlyBlindWeight, "it leaves out the organization's other accounts")
        : request["enableLogFileValidation"].Flag is false ? (MovedWeight, "its files can be altered unnoticed")
        : request["s3BucketName"].IsPresent ? (MovedWeight, "it writes to another bucket")
        : request["kmsKeyId"].IsPresent ? (MovedWeight, "it encrypts with another key")
        : null;

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("no management events", EventSources.CloudTrail, "PutEventSelectors",
            """
            {"trailName":"management-events","eventSelectors":[{"readWriteType":"ReadOnly","includeManagementEvents":false,
            "dataResources":[{"type":"AWS::S3::Object","values":[]}]}]}
            """),
        DetectionExample.Match("reads only", EventSources.CloudTrail, "PutEventSelectors",
            """{"trailName":"t","eventSelectors":[{"readWriteType":"ReadOnly","includeManagementEvents":true}]}"""),
        DetectionExample.Match("data events only, by advanced selectors", EventSources.CloudTrail, "PutEventSelectors",
            """
            {"trailName":"t","advancedEventSelectors":[{"name":"objects","fieldSelectors":[{"field":"eventCategory","equals":["Data"]},
            {"field":"resources.type","equals":["AWS::S3::Object"]}]}]}
            """),
        DetectionExample.Match("one region only", EventSources.CloudTrail, "UpdateTrail", """{"name":"management-events","isMultiRegionTrail":false}"""),
        DetectionExample.Match("another bucket", EventSources.CloudTrail, "UpdateTrail", """{"name":"management-events","s3BucketName":"example"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.CloudTrail, "UpdateTrail", errorCode: "AccessDenied"),
        DetectionExample.Ignore("all management events", EventSources.CloudTrail, "PutEventSelectors",
            """{"trailName":"t","eventSelectors":[{"readWriteType":"All","includeManagementEvents":true}]}"""),
        DetectionExample.Ignore("management events beside data events, by advanced selectors", EventSources.CloudTrail, "PutEventSelectors",
            """
            {"trailName":"t","advancedEventSelectors":[{"fieldSelectors":[{"field":"eventCategory","equals":["Management"]}]},
            {"fieldSelectors":[{"field":"eventCategory","equals":["Data"]},{"field":"resources.type","equals":["AWS::S3::Object"]}]}]}
            """),
        DetectionExample.Ignore("a trail made to see more", EventSources.CloudTrail, "UpdateTrail",
            """{"name":"management-events","isMultiRegionTrail":true,"includeGlobalServiceEvents":true}"""),
    ];
}
