using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.SecurityHub;

/// <summary>Security Hub switched off, in whole or in part.</summary>
public sealed class Disabled : IDetection
{
    private const int Weight = 30;
    private const int MembersWeight = 20;
    private const int StandardsWeight = 8;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "securityhub.disabled",
        Title = "Security Hub switched off",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DisableTools],
        Selectors =
        [
            Selector.Writes(
                EventSources.SecurityHub, "DisableSecurityHub", "DisassociateFromAdministratorAccount", "DisassociateMembers", "BatchDisableStandards"),
        ],
        Why = "Findings of all detectors come together there, and go on to people and to automatic responses.",
        BenignCauses =
        [
            "An account being closed or moved to another administrator account", "A standard replaced by its next version", "A plan switched off for its price",
        ],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var (weight, did, todo, what) = record.EventName switch
        {
            "DisableSecurityHub" => (Weight, "disabled", "disable", "Security Hub"),
            "DisassociateFromAdministratorAccount" => (Weight, "detached", "detach", "the account from its Security Hub administrator account"),
            "DisassociateMembers" => (MembersWeight, "removed", "remove", "accounts from Security Hub's watch"),
            _ => (StandardsWeight, "disabled", "disable", "a standard of Security Hub's"),
        };
        // A standard less is tuning; without Security Hub, nobody sees what the others find.
        return new Attempt(weight, Denied: weight / 3).Finding(record, did, todo, what) is { } finding
            ? (finding with { Grave = weight > StandardsWeight })
                .Doing(record, weight > StandardsWeight ? DamageKind.Blinding : null)
                .With("eventName", record.EventName)
            : null;
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("all of it switched off", EventSources.SecurityHub, "DisableSecurityHub"),
        DetectionExample.Match("the account detached", EventSources.SecurityHub, "DisassociateFromAdministratorAccount"),
        DetectionExample.Match("members let go", EventSources.SecurityHub, "DisassociateMembers", """{"AccountIds":["444455556666"]}"""),
        DetectionExample.Match("a standard switched off", EventSources.SecurityHub, "BatchDisableStandards", """{"StandardsSubscriptionArns":["x"]}"""),
        DetectionExample.Match("a refused attempt", EventSources.SecurityHub, "DisableSecurityHub", errorCode: "AccessDeniedException"),
        DetectionExample.Ignore("an account that has none", EventSources.SecurityHub, "DisableSecurityHub", errorCode: "ResourceNotFoundException"),
    ];
}
