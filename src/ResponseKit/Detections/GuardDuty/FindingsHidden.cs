using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.GuardDuty;

/// <summary>GuardDuty kept running, but its findings suppressed, trusted away or no longer delivered.</summary>
public sealed class FindingsHidden : IDetection
{
    private const int Weight = 20;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "guardduty.findings-hidden",
        Title = "GuardDuty findings suppressed or addresses trusted",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DisableTools],
        Selectors = [Selector.Writes(EventSources.GuardDuty, "CreateFilter", "CreateIPSet", "UpdateIPSet", "DeletePublishingDestination")],
        Why = "A trusted address list or an archiving filter hides an intruder's own calls, while GuardDuty still looks switched on.",
        BenignCauses = ["Tuning: known scanners trusted, noisy findings archived"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var request = record.Request;
        var (did, todo, what) = record.EventName switch
        {
            "CreateFilter" when request["action"].Text == "ARCHIVE" => ("hid", "hide", "GuardDuty findings by an archiving filter"),
            "CreateIPSet" when request["activate"].Flag is true => ("put", "put", "addresses on GuardDuty's list of trusted ones"),
            "UpdateIPSet" when request["activate"].Flag is not false => ("changed", "change", "GuardDuty's list of trusted addresses"),
            "DeletePublishingDestination" => ("stopped", "stop", "the delivery of GuardDuty findings"),
            _ => ("", "", ""),
        };
        return what.Length == 0
            ? null
            : Attempt.Third(Weight).Finding(record, did, todo, what)
                ?.With("name", request["name"].Text)
                .With("location", request["location"].Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("findings archived", EventSources.GuardDuty, "CreateFilter",
            """{"detectorId":"12abc34d567e8fa901bc2d34e56789f0","name":"f","action":"ARCHIVE","findingCriteria":{}}"""),
        DetectionExample.Match("addresses trusted", EventSources.GuardDuty, "CreateIPSet",
            """{"detectorId":"12abc34d567e8fa901bc2d34e56789f0","name":"l","format":"TXT","location":"https://example.net/l.txt","activate":true}"""),
        DetectionExample.Match("the trusted addresses changed", EventSources.GuardDuty, "UpdateIPSet",
            """{"detectorId":"12abc34d567e8fa901bc2d34e56789f0","ipSetId":"a1","location":"https://example.net/l.txt"}"""),
        DetectionExample.Match("findings no longer delivered", EventSources.GuardDuty, "DeletePublishingDestination",
            """{"detectorId":"12abc34d567e8fa901bc2d34e56789f0","destinationId":"d1"}"""),
        DetectionExample.Ignore("a filter that only sorts", EventSources.GuardDuty, "CreateFilter",
            """{"detectorId":"12abc34d567e8fa901bc2d34e56789f0","name":"f","action":"NOOP"}"""),
        DetectionExample.Ignore("a list not in use", EventSources.GuardDuty, "CreateIPSet",
            """{"detectorId":"12abc34d567e8fa901bc2d34e56789f0","name":"l","activate":false}"""),
    ];
}
