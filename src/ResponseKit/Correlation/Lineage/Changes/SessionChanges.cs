using System.Collections.Immutable;
using ResponseKit.Records;
using static ResponseKit.Correlation.Lineage.Changes.Row;

namespace ResponseKit.Correlation.Lineage.Changes;

/// <summary>Sessions, sign-ins, and commands that were sent to instances.</summary>
public sealed class SessionChanges : IChangeRules
{
    /// <inheritdoc/>
    public ImmutableArray<ChangeRule> Rules { get; } =
    [
        Opened(EventSources.Sts, "session", "GetSessionToken", "GetFederationToken") with
        {
            Note = "It has the rights of the user who opened it, and ends with these when the user is contained (iam.contain-user).",
        },
        Opened(EventSources.Sts, "session of a role", "AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "AssumeRoot") with
        {
            Note = "Sessions of a role that was entered are revoked with it (iam.contain-role); those of a root user, and of a role that nobody in the account opened, are told "
                + "as the actor's.",
        },
        Opened(EventSources.SignIn, "console session", "ConsoleLogin", "GetSigninToken", "SwitchRole") with
        {
            Note = "It has the rights of the identity that signed in, and ends with these when that is contained.",
        },
        Opened(EventSources.Ssm, "command on instances", "SendCommand") with
        {
            Label = "{command}",
            Values = [Value("command", "response.command.commandId")],
            Commands = ["aws ssm list-command-invocations --command-id {command}", "aws ssm cancel-command --command-id {command}"],
            Needs = ["ssm:ListCommandInvocations", "ssm:CancelCommand"],
            Note = "The first command names the instances: what ran on them may have stayed there, so treat them as taken over.",
            Example = ("""{"documentName":"AWS-RunShellScript"}""", """{"command":{"commandId":"0a1b2c3d-0000-1111-2222-0a1b2c3d4e5f"}}"""),
        },
        Opened(EventSources.Ssm, "shell on an instance", "StartSession") with
        {
            Label = "{session}",
            Values = [Value("session", "response.sessionId")],
            Commands = ["aws ssm terminate-session --session-id {session}"],
            Needs = ["ssm:TerminateSession"],
            Note = "What was done in it may have stayed on the instance, so treat it as taken over.",
            Example = ("""{"target":"i-0a1b2c3d4e5f60718"}""", """{"sessionId":"bob-0a1b2c3d4e5f60718"}"""),
        },
    ];
}
