using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Records;

namespace ResponseKit.Detections.SignIn;

/// <summary>The root user at the console.</summary>
public sealed class RootLogin : IDetection
{
    private const int Weight = 8;
    private const int WithoutMfaWeight = 10;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "signin.root-login",
        Title = "Root user signed in to the console",
        Category = SignalCategory.Novelty,
        Techniques = [Techniques.CloudAccounts],
        Selectors = [Selector.Writes(EventSources.SignIn, "ConsoleLogin")],
        Why = "The root user is needed a few times in an account's life. Without a second factor its password is all that a thief needs.",
        BenignCauses = ["One of the few tasks that only the root user can do", "A yearly check that the root user can still sign in"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (record.Actor is not Actor.Root || !record.Outcome.TookEffect || record.Response["ConsoleLogin"].Text != "Success")
            return null;
        var isBare = record.Root["additionalEventData"]["MFAUsed"].Text == "No";
        return new Finding(isBare ? WithoutMfaWeight : Weight, $"used the root user's password to sign in to the console{(isBare ? ", without a second factor" : "")}")
            .With("MFAUsed", record.Root["additionalEventData"]["MFAUsed"].Text)
            .With("sourceIPAddress", record.SourceAddress);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        Login("the root user with a second factor", true, "Success", DetectionExample.RootUser, "Yes"),
        Login("the root user without a second factor", true, "Success", DetectionExample.RootUser, "No"),
        Login("a wrong password", false, "Failure", DetectionExample.RootUser, "No"),
        Login("an IAM user", false, "Success", null, "No"),
    ];

    private static DetectionExample Login(string name, bool matches, string result, string? identity, string mfa) =>
        new(name, matches, EventSources.SignIn, "ConsoleLogin", Response: $$"""{"ConsoleLogin":"{{result}}"}""")
        {
            Identity = identity,
            Additional = $$"""{"LoginTo":"https://console.aws.amazon.com/console/home","MobileVersion":"No","MFAUsed":"{{mfa}}"}""",
        };
}
