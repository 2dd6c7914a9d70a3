using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Text;

namespace ResponseKit.Response;

/// <summary>
/// Names where the sessions of a role come from that acts again after a response has revoked all of them. Revoking does not end that: whoever may assume the role gets new ones
/// (IAM User Guide, "Revoke IAM role temporary security credentials").
/// </summary>
internal static class SessionSources
{
    /// <summary>A page for each role that acted with a session from after the last round's end.</summary>
    public static IEnumerable<Page> PagesOf(CaseFile file, PlanRound round)
    {
        if (round.PreviousEnded is not { } ended)
            yield break;
        var fresh = file.Observations.Where(observation => observation.Time > ended && observation.Actor is Actor.Role && AnsweredEvents.TookEffect(observation));
        foreach (var acts in fresh.GroupBy(observation => (observation.Actor.Key, observation.Session)))
        {
            var role = (Actor.Role)acts.First().Actor;
            var session = acts.Key.Session is { } id ? id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..] : null;
            var opener = OpenerOf(file, [.. acts.Select(act => act.AccessKeyId).Append(acts.Key.Session).OfType<string>()]);
            yield return new Page(
                role.Key,
                $"It acted again with the session {(session is null ? "of a name that was not recorded" : $"'{Printable.Of(session, 64)}'")} after its sessions had been revoked and the response had ended at "
                + $"{ended:u}: whoever it is gets new ones. {Source(session, opener)}",
                Lever(role, session, opener));
        }
    }

    // EC2 names the sessions of an instance's role after the instance (EC2 User Guide, "Instance metadata"). Anybody who may assume the role may choose the name, too.
    private static bool IsInstance(string? session) =>
        session is { Length: 10 or 19 } && session.StartsWith("i-", StringComparison.Ordinal)
        && session.Skip(2).All(char.IsAsciiHexDigitLower);

    private static string? OpenerOf(CaseFile file, HashSet<string> credentials) => file.Observations.SelectMany(observation => observation.Links)
        .LastOrDefault(link => link.Kind == LinkKind.Opened && credentials.Contains(link.Child))?.Parent;

    private static string Source(string? session, string? opener) => (IsInstance(session), opener) switch
    {
        (true, null) => $"By its name it comes from the instance {session}, whose metadata service hands out the role's credentials.",
        (_, { } parent) => $"It was opened by {parent}.",
        _ => "Who opened it is not recorded in the incident: an OIDC or SAML provider, another account or a service that the role trusts.",
    };

    private static string Lever(Actor.Role role, string? session, string? opener) => IsInstance(session) && opener is null
        ? $"Take the role off the instance and cut it off: aws ec2 describe-iam-instance-profile-associations --filters Name=instance-id,Values={session}; "
            + $"aws ec2 disassociate-iam-instance-profile --association-id ID; aws ec2 modify-instance-attribute --instance-id {session} --groups ID-OF-A-GROUP-WITHOUT-RULES "
            + "(needs ec2:DisassociateIamInstanceProfile and ec2:ModifyInstanceAttribute). In an Auto Scaling group, detach it first."
        : $"See who assumed the role: aws cloudtrail lookup-events --lookup-attributes AttributeKey=ResourceName,AttributeValue={role.Name}. Then take them out of its trust: "
            + $"aws iam get-role --role-name {role.Name} --query Role.AssumeRolePolicyDocument; aws iam update-assume-role-policy --role-name {role.Name} --policy-document file://trust.json "
            + "(needs iam:GetRole and iam:UpdateAssumeRolePolicy).";
}
