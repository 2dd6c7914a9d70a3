using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>A console password given to a user, or replaced.</summary>
public sealed class LoginProfileSet : IDetection
{
    private static readonly Attempt Kept = new(Success: 20, Denied: 8);
    private static readonly Attempt ToBeChanged = new(Success: 10, Denied: 5);

    /// <summary>The fact that there was a password before.</summary>
    internal const string IsChanged = "changed";

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.login-profile-set",
        Title = "Console password created or replaced",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.AdditionalCloudCredentials],
        Selectors = [Selector.Writes(EventSources.Iam, "CreateLoginProfile", "UpdateLoginProfile")],
        Why = "A password turns a stolen key into console access, which stays when the key is disabled and is not bound by the limits of its sessions.",
        BenignCauses = ["An administrator inviting a person, or resetting a forgotten password (mostly with a change required at the next sign-in)"],
        DeployersMay = true,
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        // An update that is silent about a password only changes whether it must be reset, but the password itself is never recorded.
        var target = IamTarget.Of(record);
        var weight = record.Request["passwordResetRequired"].Flag is true ? ToBeChanged : Kept;
        var finding = record.EventName == "CreateLoginProfile"
            ? weight.Finding(record, "created", "create", $"a console password for {target}")
            : weight.Finding(record, "changed", "change", $"the console password of {target}");
        return finding?.With("userName", target.Name).With(IsChanged, record.EventName == "UpdateLoginProfile" ? "true" : null)
            .With("passwordResetRequired", record.Request["passwordResetRequired"].Flag?.ToString());
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a password that need not be changed", EventSources.Iam, "CreateLoginProfile",
            """{"userName":"deploy","passwordResetRequired":false}"""),
        DetectionExample.Match("a password to be changed at the first sign-in", EventSources.Iam, "CreateLoginProfile",
            """{"userName":"new-colleague","passwordResetRequired":true}"""),
        DetectionExample.Match("another user's password replaced", EventSources.Iam, "UpdateLoginProfile", """{"userName":"deploy"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Iam, "UpdateLoginProfile", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a user who has a password already", EventSources.Iam, "CreateLoginProfile",
            """{"userName":"deploy","passwordResetRequired":false}""", "EntityAlreadyExistsException"),
        DetectionExample.Ignore("a user without a password", EventSources.Iam, "UpdateLoginProfile", """{"userName":"deploy"}""", "NoSuchEntityException"),
    ];
}
