using System.Collections.Immutable;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Detections.SignIn;

/// <summary>The console switched to a role from another account, or in vain.</summary>
public sealed class RoleSwitched : IDetection
{
    private const int FromOutsideWeight = 5;
    private const int FailedWeight = 3;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "signin.role-switched",
        Title = "Console switched to a role from another account, or in vain",
        Category = SignalCategory.Recon,
        Techniques = [Techniques.CloudServices, Techniques.CloudAccounts],
        Selectors = [Selector.Writes(EventSources.SignIn, "SwitchRole")],
        Why = "With one account's password an intruder tries which roles of other accounts it opens, and comes back by a role that trusts his own account.",
        BenignCauses = ["Administrators who sign in to one account and work in the others", "A mistyped role name"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        // The request is not recorded, and a failure has no error code.
        var (from, result) = (record.Root["additionalEventData"]["SwitchFrom"].Text, record.Response["SwitchRole"].Text);
        if (!record.Outcome.TookEffect)
            return null;
        if (result == "Failure")
            return new Finding(FailedWeight, "tried to switch the console to a role and failed").With("SwitchFrom", from);
        return result == "Success" && Arn.TryParse(from, out var arn) && AccountId.IsValid(arn.Account) && arn.Account != record.Account
            ? new Finding(FromOutsideWeight, $"switched the console to a role, from the account {arn.Account}").With("SwitchFrom", from)
            : null;
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        Switch("a switch from another account", true, "Success", "arn:aws:iam::444455556666:user/alice"),
        Switch("a switch in vain", true, "Failure", "arn:aws:iam::111122223333:user/alice"),
        Switch("a switch within the account", false, "Success", "arn:aws:iam::111122223333:user/alice"),
    ];

    private static DetectionExample Switch(string name, bool matches, string result, string from) =>
        new(name, matches, EventSources.SignIn, "SwitchRole", Response: $$"""{"SwitchRole":"{{result}}"}""")
        {
            Identity = DetectionExample.RoleSession,
            Additional = $$"""{"SwitchFrom":"{{from}}","RedirectTo":"https://console.aws.amazon.com/console/home"}""",
        };
}
