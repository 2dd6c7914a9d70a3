using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Records;

namespace ResponseKit.Detections.SignIn;

/// <summary>A console link made from temporary credentials, or such a link followed.</summary>
public sealed class FederatedConsole : IDetection
{
    private const int LinkWeight = 8;
    private const int LoginWeight = 10;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "signin.federated-console",
        Title = "Console opened with temporary credentials",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.ApplicationAccessToken],
        Selectors = [Selector.Writes(EventSources.SignIn, "GetSigninToken", "ConsoleLogin")],
        Why = "A stolen key becomes a console session, without a password, that outlives the key and may call what the token itself may not.",
        BenignCauses = ["Tools that hand out console links (aws-vault, awsume)", "An identity broker of the company's own"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (!record.Outcome.TookEffect)
            return null;
        if (record.EventName == "ConsoleLogin")
        {
            return record.Identity["type"].Text == "FederatedUser" && record.Response["ConsoleLogin"].Text == "Success"
                ? new Finding(LoginWeight, "used a federation token to sign in to the console").With("sourceIPAddress", record.SourceAddress)
                : null;
        }

        // Identity Center makes such a link whenever somebody opens the console from its portal. The path is reserved, the name is not.
        return record.Actor is Actor.Role role && role.IsPermissionSet
            ? null
            : new Finding(LinkWeight, "obtained a link that opens the console with temporary credentials").With("sourceIPAddress", record.SourceAddress);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a link for a role's session", EventSources.SignIn, "GetSigninToken", response: """{"GetSigninToken":"Success"}""") with
        {
            Identity = DetectionExample.RoleSession,
        },
        DetectionExample.Match("a federated session at the console", EventSources.SignIn, "ConsoleLogin", response: """{"ConsoleLogin":"Success"}""") with
        {
            Identity = DetectionExample.FederatedSession,
        },
        DetectionExample.Ignore("a link from Identity Center's portal", EventSources.SignIn, "GetSigninToken", response: """{"GetSigninToken":"Success"}""") with
        {
            Identity = DetectionExample.RoleSession.Replace(
                "role/deploy", "role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0a1b2c3d4e5f6071", StringComparison.Ordinal),
        },
        DetectionExample.Ignore("a role's session at the console", EventSources.SignIn, "ConsoleLogin", response: """{"ConsoleLogin":"Success"}""") with
        {
            Identity = DetectionExample.RoleSession,
        },
        DetectionExample.Ignore("a user with a password", EventSources.SignIn, "ConsoleLogin", response: """{"ConsoleLogin":"Success"}"""),
    ];
}
