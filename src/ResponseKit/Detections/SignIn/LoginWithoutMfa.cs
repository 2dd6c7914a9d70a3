using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.SignIn;

/// <summary>An IAM user at the console with nothing but a password.</summary>
public sealed class LoginWithoutMfa : IDetection
{
    private const int Weight = 4;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "signin.login-without-mfa",
        Title = "IAM user signed in without a second factor",
        Category = SignalCategory.Recon,
        Techniques = [Techniques.CloudAccounts],
        Selectors = [Selector.Writes(EventSources.SignIn, "ConsoleLogin")],
        Why = "A password that was guessed, bought, or set with a stolen key opens the console to anybody where no second factor is asked for.",
        BenignCauses = ["A person who has not set up a second factor yet"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        // Whoever comes by a role or an identity provider has shown his second factor there, if any.
        var more = record.Root["additionalEventData"];
        if (record.Identity["type"].Text != "IAMUser" || !record.Outcome.TookEffect || record.Response["ConsoleLogin"].Text != "Success"
            || more["MFAUsed"].Text != "No" || more["SamlProviderArn"].IsPresent)
        {
            return null;
        }

        return new Finding(Weight, "used a password alone to sign in to the console").With("sourceIPAddress", record.SourceAddress);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        Login("a password alone", true, "Success", null, """{"MobileVersion":"No","MFAUsed":"No"}"""),
        Login("a password and a second factor", false, "Success", null, """{"MobileVersion":"No","MFAUsed":"Yes"}"""),
        Login("a wrong password", false, "Failure", null, """{"MobileVersion":"No","MFAUsed":"No"}"""),
        Login("a session of a role", false, "Success", DetectionExample.RoleSession, """{"MobileVersion":"No","MFAUsed":"No"}"""),
        Login("a sign-in without any such data", false, "Success", null, null),
    ];

    private static DetectionExample Login(string name, bool matches, string result, string? identity, string? additional) =>
        new(name, matches, EventSources.SignIn, "ConsoleLogin", Response: $$"""{"ConsoleLogin":"{{result}}"}""") { Identity = identity, Additional = additional };
}
