using ResponseKit.Aws.Execution;
using ResponseKit.Resources;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>Whose a role is to change: the account's, a service's or Identity Center's. Its path says so, which AWS keeps to itself.</summary>
internal static class RoleOwner
{
    /// <summary>True where the account may change the role; otherwise it is recorded why not, and what to do instead.</summary>
    public static bool IsAccount(ActionRun run, PrincipalFacts? facts)
    {
        var name = run.Target.Name;
        var step = new Step("role", "iam:GetRole", $"role {name}", $"Look at role {name}");
        if (RolePath.IsServiceLinked(facts?.Path))
        {
            run.Skip(
                step,
                $"Role {name} is linked to an AWS service and cannot be changed. Stop what the service runs for the actor instead: "
                + "groups, clusters, fleets.");
            return false;
        }

        if (!RolePath.IsPermissionSet(facts?.Path))
            return true;
        run.Skip(
            step,
            $"Role {name} belongs to an Identity Center permission set and cannot be changed in IAM. In Identity Center, end the user's "
            + "sessions, disable the user and remove its assignments.");
        return false;
    }
}
