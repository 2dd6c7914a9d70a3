using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.SignIn;

/// <summary>A password that was wrong.</summary>
public sealed class LoginFailed : IDetection
{
    private const int Weight = 3;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "signin.login-failed",
        Title = "Console sign-in failed",
        Category = SignalCategory.PermissionProbing,
        Techniques = [Techniques.BruteForce],
        Selectors = [Selector.Writes(EventSources.SignIn, "ConsoleLogin")],
        Why = "Passwords are guessed one after the other. One failure says little, several before a success say much.",
        BenignCauses = ["A mistyped or forgotten password", "A password manager that has the old one"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record) => record.Response["ConsoleLogin"].Text == "Failure"
        ? new Finding(Weight, "tried to sign in to the console and failed")
            .With("errorMessage", record.Root["errorMessage"].Text)
            .With("sourceIPAddress", record.SourceAddress)
        : null;

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a wrong password", EventSources.SignIn, "ConsoleLogin", response: """{"ConsoleLogin":"Failure"}"""),
        DetectionExample.Match("a wrong password of the root user", EventSources.SignIn, "ConsoleLogin", response: """{"ConsoleLogin":"Failure"}""") with
        {
            Identity = DetectionExample.RootUser,
        },
        DetectionExample.Ignore("a right password", EventSources.SignIn, "ConsoleLogin", response: """{"ConsoleLogin":"Success"}"""),
    ];
}
