using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>A second factor taken from a user, or one given to somebody else's.</summary>
public sealed class MfaChanged : IDetection
{
    private static readonly Attempt Removed = new(Success: 10, Denied: 3);
    private static readonly Attempt OwnRemoved = new(Success: 5, Denied: 1);
    private static readonly Attempt Given = new(Success: 5, Denied: 1);
    private static readonly Attempt Deleted = new(Success: 3, Denied: 1);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.mfa-changed",
        Title = "Second factor removed, or set up for another user",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.MultiFactorAuthentication, Techniques.DeviceRegistration],
        Selectors = [Selector.Writes(EventSources.Iam, "DeactivateMFADevice", "DeleteVirtualMFADevice", "EnableMFADevice")],
        Why = "Without the second factor a password alone opens the console; with a factor of the intruder's own the user cannot shut him out.",
        BenignCauses = ["A person with a new phone", "An administrator helping somebody who lost the old one", "Users being deleted"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var target = IamTarget.Of(record);
        var serial = record.Request["serialNumber"].Text;
        var finding = record.EventName switch
        {
            "DeactivateMFADevice" => (target.IsCaller ? OwnRemoved : Removed).Finding(record, "removed", "remove", $"the second factor of {target}"),
            "DeleteVirtualMFADevice" => Deleted.Finding(record, "deleted", "delete", $"the virtual second factor {Plain.Name(serial)}"),
            // Setting up one's own is what everybody should do.
            _ when target.Name is null || target.IsCaller => null,
            _ => Given.Finding(record, "set", "set", $"up a second factor for {target}"),
        };
        return finding?.With("userName", target.Name).With("serialNumber", serial);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("another user's second factor removed", EventSources.Iam, "DeactivateMFADevice",
            """{"userName":"alice","serialNumber":"arn:aws:iam::111122223333:mfa/alice"}"""),
        DetectionExample.Match("one's own second factor removed", EventSources.Iam, "DeactivateMFADevice",
            """{"userName":"ci-bot","serialNumber":"arn:aws:iam::111122223333:mfa/phone"}"""),
        DetectionExample.Match("a virtual device deleted", EventSources.Iam, "DeleteVirtualMFADevice", """{"serialNumber":"arn:aws:iam::111122223333:mfa/alice"}"""),
        DetectionExample.Match("a device set up for another user", EventSources.Iam, "EnableMFADevice",
            """{"userName":"alice","serialNumber":"arn:aws:iam::111122223333:mfa/phone"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Iam, "DeactivateMFADevice", errorCode: "AccessDenied"),
        DetectionExample.Ignore("one's own device set up", EventSources.Iam, "EnableMFADevice",
            """{"userName":"ci-bot","serialNumber":"arn:aws:iam::111122223333:mfa/phone"}"""),
        DetectionExample.Ignore("a wrong code", EventSources.Iam, "EnableMFADevice",
            """{"userName":"alice","serialNumber":"arn:aws:iam::111122223333:mfa/phone"}""", "InvalidAuthenticationCodeException"),
    ];
}
